-- What closed periods declared on, also if it was credited since: a book that lacks any of it is refused. It has a row
-- for each month and not for each line, so that asking for it does not grow with the clients.
CREATE TABLE declared_on (
  provider {{text}} NOT NULL,
  product {{text}} NOT NULL,
  municipality {{text}} NOT NULL,
  care_month {{int}} NOT NULL,
  segment {{text}} NOT NULL,
  first_date {{int}} NOT NULL,
  PRIMARY KEY (provider, product, municipality, care_month, segment)
){{clustered}};
