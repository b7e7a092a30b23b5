-- What was odd about the latest runs that were odd. One row per run and measure.
select run_id, measure, message
from run_warnings
order by run_id desc, measure
limit 5;
