-- Redirects to an entity that went in its turn lead on to where it went. One row per former entity.
update entity_redirects
set redirects_to = further.redirects_to
from entity_redirects as further
where entity_redirects.redirects_to = further.entity_id;
