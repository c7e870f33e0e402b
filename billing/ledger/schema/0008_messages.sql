-- Messages of iJw: declarations (JW323) with what became of them and their answers, and assignments (JW301).
CREATE TABLE messages (
  file_id {{int}} PRIMARY KEY,
  provider {{text}} NOT NULL,
  receiver {{text}} NOT NULL,
  identification {{text}} NOT NULL,
  dated {{int}} NOT NULL,
  declaration {{text}} NOT NULL,
  month {{int}} NOT NULL,
  claimed {{int}} NOT NULL,
  prestaties {{int}} NOT NULL,
  received {{int}} NOT NULL,
  serial {{int}} NOT NULL,
  inside {{int}} NOT NULL,
  refused {{int}} NOT NULL,
  findings {{text}} NOT NULL,
  judged_by {{int}} NOT NULL,
  content {{blob}} NOT NULL,
  answered_by {{int}} NOT NULL,
  answered_in {{int}} NOT NULL,
  answer_name {{text}} NOT NULL,
  answer {{blob}} NOT NULL
){{strict}};
CREATE INDEX messages_provider ON messages (provider, declaration);
CREATE INDEX messages_answered ON messages (answered_in);

-- What a record of a message says beside what every record says, and what it was answered.
CREATE TABLE prestaties (
  bsn {{text}} NOT NULL,
  record_id {{int}} NOT NULL,
  file_id {{int}} NOT NULL,
  client_place {{int}} NOT NULL,
  part {{int}} NOT NULL,
  line {{int}} NOT NULL,
  receiver {{text}} NOT NULL,
  category {{text}} NOT NULL,
  unit {{text}} NOT NULL,
  volume {{int}} NOT NULL,
  has_tariff {{int}} NOT NULL,
  tariff {{int}} NOT NULL,
  claimed {{int}} NOT NULL,
  is_credit {{int}} NOT NULL,
  previous {{text}} NOT NULL,
  declared_to {{int}} NOT NULL,
  verdict {{text}} NOT NULL,
  answer_findings {{text}} NOT NULL,
  answer_price {{int}} NOT NULL,
  answer_referral {{text}} NOT NULL,
  answer_municipality {{text}} NOT NULL,
  answer_product {{text}} NOT NULL,
  PRIMARY KEY (bsn, record_id)
){{clustered}};
CREATE INDEX prestaties_file ON prestaties (file_id);

-- The last day of the care of a prestatie; none of a row of a spreadsheet.
ALTER TABLE records ADD COLUMN last_date {{int}} NOT NULL DEFAULT 0;
-- The time of the day at which an assignment was decided, in nanoseconds and one more; 0 of what no message said.
ALTER TABLE referrals ADD COLUMN assigned_at {{int}} NOT NULL DEFAULT 0;
