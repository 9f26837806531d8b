-- Why Twilio does not end the campaigns of a clinic that has left. Safe online: a nullable column on a small table.

alter table carrier_profiles add column campaigns_stay_because text;
grant update (campaigns_stay_because) on carrier_profiles to frontdesk_messaging_worker;
