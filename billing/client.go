package billing

// Client is the unit of work: every rule needs only one client's records and referrals.
type Client struct {
	BSN       string
	Records   []*Record            // the rows that are judged: neither replaced nor withdrawn
	Referrals []*Referral          // the latest versions with this BSN
	Others    map[string]*Referral // referrals of other clients that a record names, by number
	Decisions []Decision           // in the order in which they came in
	Ledger    []DeclaredLine       // every line of closed periods
}

// knownReferral is a referral that the book of the run knows.
type knownReferral struct {
	*Referral
	product      *Product // nil if it names none
	municipality *Municipality
}

// trajectoryKey is what one chain of referrals is about: a product, else a category, else neither.
type trajectoryKey struct{ product, category string }

func (k *knownReferral) trajectory() trajectoryKey {
	switch {
	case k.product != nil:
		return trajectoryKey{product: k.product.Code}
	case k.Category != "":
		return trajectoryKey{category: k.Category}
	}
	return trajectoryKey{}
}
