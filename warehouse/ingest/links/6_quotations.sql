-- New quotations, each with its speaker where one is named. One row per quotation.
insert into quotations by name
select staged.*, mentions.entity_id as speaker_id
from staged_quotations as staged
left join mentions on mentions.mention_id = staged.speaker_mention_id;
