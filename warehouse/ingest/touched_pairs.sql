-- All pairs of the groups in touched_copies; those of asking articles only where they were found again. One row per pair.
select article_id, duplicate_of, kind, jaccard, containment
from new_pairs
union all
select article_id, duplicate_of, kind, jaccard, containment
from duplicates
where article_id in (from touched_copies)
    and article_id not in (from asking_articles)
    and duplicate_of not in (from asking_articles);
