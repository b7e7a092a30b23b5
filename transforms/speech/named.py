"""The names of one text, found by what is asked of them: a role, a word, a gender, initials.

A text of a megabyte has 50,000 names and as many words that stand for one: looking through all names for each of these
words takes minutes, a look-up the same time in a long text as in a short one.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice
from typing import NamedTuple

from transforms.person_roles import Role

MOST_BEARERS = 200
"""Bearers of a role looked at on either side; news has not a tenth of them in one text."""


class Mention(NamedTuple):
    """One named mention, at its place in the text."""

    start: int
    end: int
    text: str
    entity_type: str
    name: str


class Named:
    """The mentions of one text, in order, with their roles by start and the gender of each person by name."""

    def __init__(
        self, mentions: Sequence[Mention], roles: Mapping[int, Sequence[Role]], genders: Mapping[str, str]
    ) -> None:
        self.mentions, self.roles, self.genders = mentions, roles, genders
        self.persons = [mention for mention in mentions if mention.entity_type == "PER"]
        self.person_starts = [mention.start for mention in self.persons]
        self._of_gender: dict[str, list[Mention]] = {}

    def list_bearers(self, noun: str, place: int) -> Iterator[tuple[Mention, Role]]:
        """Who bears a role of this noun, with it: those before a place, the nearest first, then those after it."""
        bearers = self._bearers.get(noun.lower(), [])
        here = bisect_left(bearers, place, key=lambda bearer: bearer[0].start)
        before, after = (bearers[index] for index in range(here - 1, -1, -1)), islice(bearers, here, None)
        for mention, roles in chain(islice(before, MOST_BEARERS), islice(after, MOST_BEARERS)):
            yield from ((mention, role) for role in roles)

    @cached_property
    def _bearers(self) -> dict[str, list[tuple[Mention, list[Role]]]]:
        """By each word of the noun of a role: its bearers in order, each with these roles."""
        found: dict[str, list[tuple[Mention, list[Role]]]] = defaultdict(list)
        for mention in self.mentions:
            own: dict[str, list[Role]] = defaultdict(list)
            for role in self.roles.get(mention.start, ()):
                for word in dict.fromkeys(role.noun.lower().split(" ")):
                    own[word].append(role)
            for word, roles in own.items():
                found[word].append((mention, roles))
        return found

    def find_organisation(self, noun: str, place: int) -> Mention | None:
        """The last organisation before a place whose name has this word."""
        named = self._organisations.get(noun.lower(), [])
        index = bisect_left(named, place, key=lambda mention: mention.start)
        return named[index - 1] if index else None

    @cached_property
    def _organisations(self) -> dict[str, list[Mention]]:
        found: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            if mention.entity_type == "ORG":
                for word in set(mention.text.lower().split(" ")):
                    found[word].append(mention)
        return found

    def find_last(self, gender: str, place: int) -> Mention | None:
        """The last person of a gender before a place; one whose gender is not told anywhere is of either."""
        if gender not in self._of_gender:
            self._of_gender[gender] = [m for m in self.persons if self.genders.get(m.name, gender) == gender]
        fitting = self._of_gender[gender]
        index = bisect_left(fitting, place, key=lambda mention: mention.start)
        return fitting[index - 1] if index else None

    def find_last_two(self, place: int) -> tuple[Mention, Mention] | None:
        """The two persons named last before a place, the nearer first; null where there are not two."""
        index = bisect_left(self.person_starts, place) - 1
        other = self._others[index] if index >= 0 else -1
        return (self.persons[index], self.persons[other]) if other >= 0 else None

    @cached_property
    def _others(self) -> list[int]:
        """For each person, the last one before of another name; -1 where there is none."""
        others: list[int] = []
        for index, person in enumerate(self.persons):
            is_same = index > 0 and self.persons[index - 1].name == person.name
            others.append(others[-1] if is_same else index - 1)
        return others

    def find_initialled(self, letters: list[str], place: int) -> Mention | None:
        """The first person whose name has these initials, if named before a place."""
        mention = self._initialled.get(tuple(letters))
        return mention if mention is not None and mention.start < place else None

    @cached_property
    def _initialled(self) -> dict[tuple[str, ...], Mention]:
        found: dict[tuple[str, ...], Mention] = {}
        for person in self.persons:
            found.setdefault(tuple(word[:1] for word in re.split("[ -]", person.name)), person)
        return found

    @cached_property
    def by_name(self) -> dict[str, list[Mention]]:
        """All mentions by their name."""
        found: dict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            found[mention.name].append(mention)
        return found
