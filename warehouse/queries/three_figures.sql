-- Three figures that say something: money and counts, with range, conversion or modifier first. One row per figure.
select text, kind, value, value_high, modifier, unit, noun, sentence
from figure_facts
where is_original and kind in ('money', 'count', 'percent', 'measure') and value is not null and length(sentence) < 240
qualify row_number() over (partition by kind order by
    (value_high is not null)::int + (equivalent_of is not null)::int + (modifier <> 'exact')::int desc,
    value desc, figure_id) = 1
order by kind
limit 3;
