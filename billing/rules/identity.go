package rules

import "github.com/pxq-nl/pxq/billing"

// ambiguityRules are about rows of which nobody can say which is right. They are judged after other rules on one record.
var ambiguityRules = []billing.Rule{
	{
		Code: billing.U01, Severity: billing.Reject, OfCredit: true, IJW: "8021", Source: "iJw",
		Title:   text("Een regelnummer komt in een aanlevering met één inhoud voor.", "A reference has the same content throughout a submission."),
		Message: text("Regelnummer {1} staat in deze aanlevering meer dan eens, met verschillende inhoud.", "Reference {1} appears more than once in this submission, with different content."),
		Remedy:  text("Geef elke regel een eigen nummer, of lever alleen de juiste regel opnieuw aan.", "Give each row its own number, or submit only the right row again."),
		Record:  oneContent,
	},
}

// takingIn is the package that finds what depends on earlier rows.
const takingIn = "billing/versions"

// identityRules are about which record a row is.
var identityRules = []billing.Rule{
	{
		Code: billing.U02, Severity: billing.Hold, NotOf: billing.OfMessages, Source: "own", OnlyNew: true,
		Title:   text("Dezelfde zorg is niet twee keer aangeleverd.", "The same care has not been submitted twice."),
		Message: text("Dezelfde zorg staat al onder regelnummer {1}.", "The same care has already been submitted under reference {1}."),
		Remedy:  text("Trek de dubbele regel in (aantal 0), of bevestig dat er twee keer zorg is geleverd.", "Withdraw the duplicate row (quantity 0), or confirm that care was delivered twice."),
		Client:  sameCareTwice,
	},
	{
		Code: billing.U03, Severity: billing.Reject, NotOf: billing.OfMessages, IJW: "8021", Source: "own", FoundBy: takingIn,
		Title:   text("Een regelnummer waarop zorg van een cliënt is gedeclareerd, is niet voor een andere cliënt.", "A reference under which care for a client was declared is not used for another client."),
		Message: text("Op regelnummer {1} is zorg van een andere cliënt gedeclareerd.", "Care for another client was declared under reference {1}."),
		Remedy:  text("Geef deze zorg een eigen regelnummer. Was de cliënt onjuist, trek de gedeclareerde regel dan eerst in met aantal 0.", "Give this care its own reference. If the client was wrong, first withdraw the declared row with quantity 0."),
	},
	{
		Code: billing.U04, Severity: billing.Hold, NotOf: billing.OfMessages, Source: "own",
		Title:   text("Een gedeclareerde regel blijft zorg van dezelfde maand.", "A declared record remains care in the same month."),
		Message: text("Onder regelnummer {1} is zorg van {2:month} gedeclareerd; deze versie heeft zorg van {3:month}.", "Care in {2:month} was declared under reference {1}; this version has care in {3:month}."),
		Remedy: text("Is het andere zorg, geef haar dan een eigen regelnummer (staat zij daar al onder U02, geef dan daar akkoord) en wijs deze versie af: de zorg van {2:month} blijft gedeclareerd. Was de maand onjuist, bevestig dat dan: akkoord neemt de gedeclareerde zorg van {2:month} terug.",
			"If it is different care, give it its own reference (if it is already there under U02, accept it there) and reject this version: the care in {2:month} stays declared. If the month was wrong, confirm that: accepting takes back the declared care in {2:month}."),
		Record: func(c *billing.Case) {
			if before := c.Standing(); before != nil && before.CareMonth() != c.Record.CareMonth() {
				c.Find(billing.FieldDate, c.Record.Reference, before.CareMonth().String(), c.Record.CareMonth().String())
			}
		},
	},
	{
		Code: billing.U05, Severity: billing.Signal, NotOf: billing.OfMessages, Source: "own", OnlyNew: true,
		Title:   text("Een nieuwe versie van een regel is van dezelfde cliënt.", "A new version of a record is for the same client."),
		Message: text("De versie hiervoor van regelnummer {1} is van een andere cliënt; die zorg vervalt.", "The previous version of reference {1} is for another client; that care is cancelled."),
		Remedy:  text("Was de cliënt onjuist, dan is dit goed. Anders: lever beide met een eigen regelnummer aan.", "If the client was wrong, this is right. If not, submit both, each with its own reference."),
		Record: func(c *billing.Case) {
			if c.Record.PriorOtherClient && !c.Record.Ambiguous {
				c.Find(billing.FieldReference, c.Record.Reference)
			}
		},
	},
	{
		Code: billing.U06, Severity: billing.Hold, NotOf: billing.OfMessages, Source: "own",
		Title:   text("De inhoud van een regel keert niet terug nadat er iets op volgde.", "The content of a record does not return once a later version has replaced it."),
		Message: text("Regelnummer {1} had deze inhoud eerder al; daarna kwam er een andere versie of werd de regel ingetrokken.", "Reference {1} had this content before; after that another version came or the record was withdrawn."),
		Remedy:  text("Ga na of een oud bestand opnieuw is ingelezen. Zo niet, bevestig dat de oude inhoud weer geldt.", "Check whether an old file was imported again. If not, confirm that the old content applies again."),
		Record: func(c *billing.Case) {
			if c.Record.SeenBefore && !c.Record.Ambiguous {
				c.Find(billing.FieldReference, c.Record.Reference)
			}
		},
	},
	{
		Code: billing.U07, Severity: billing.Signal, NotOf: billing.OfMessages, Source: "own", OnlyNew: true, After: billing.Codes(billing.U02),
		Title:   text("Zorg van één dag is uit elkaar te houden.", "Records of care on one day can be told apart."),
		Message: text("Op {2:date} is voor deze cliënt ook regelnummer {1} aangeleverd, en geen tijden of dagdelen houden de twee uit elkaar.", "Reference {1} was also submitted for this client on {2:date}, and no times or day-parts tell the two apart."),
		Remedy:  text("Ga na of het dezelfde zorg is; vul voortaan begin- en eindtijd of het dagdeel in.", "Check whether it is the same care; from now on, fill in start and end time or the day-part."),
		Client:  careNotToldApart,
	},
}

// oneContent reports what was noted when the row was taken in: its file has the reference with other content too.
func oneContent(c *billing.Case) {
	if c.Record.Ambiguous {
		c.Find(billing.FieldReference, c.Record.Reference)
	}
}
