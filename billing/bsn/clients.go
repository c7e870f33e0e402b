package bsn

// Clients masks the citizen service numbers of clients in texts: some administrations use them in references, or write that
// of another child in place of a referral number. Numbers that merely look like one are not masked.
type Clients struct {
	is    func(provider, number string) (bool, error)
	known map[clientQuery]bool
	left  []string
}

type clientQuery struct{ provider, number string }

// NewClients returns a Clients that recognises clients with is, which reports whether a number is that of a client; if
// provider is not "", of a client for whom that provider sent care. It is called once for each provider and number.
func NewClients(is func(provider, number string) (bool, error)) *Clients {
	return &Clients{is: is, known: make(map[clientQuery]bool)}
}

// Left returns the numbers that Mask left in texts since the last call of Left, because they are not a client's as yet.
func (c *Clients) Left() []string {
	left := c.left
	c.left = nil
	return left
}

// Is reports whether a number is that of a client; if provider is not "", of one for whom that provider sent care.
func (c *Clients) Is(provider, number string) (bool, error) {
	if is, looked := c.known[clientQuery{provider, number}]; looked {
		return is, nil
	}
	is, err := c.is(provider, number)
	if err == nil {
		c.known[clientQuery{provider, number}] = is
	}
	return is, err
}

// Mask returns a text with the numbers of clients masked.
func (c *Clients) Mask(text string) (string, error) {
	return c.hide(text, func(number string) (bool, error) {
		is, err := c.Is("", number)
		if !is {
			c.left = append(c.left, number)
		}
		return is, err
	})
}

// MaskOf returns the reference or referral number of a row with the numbers of its own client and of all others masked.
func (c *Clients) MaskOf(text, own string) (string, error) {
	if !mayHoldNumber(text) {
		return text, nil
	}
	return c.Mask(MaskOf(text, own))
}

// MaskTo returns a text about a row as its provider may read it, with the numbers of clients masked. Of the numbers in
// written, the texts that the provider wrote, it masks only own and those of the provider's clients: from any other masked
// one the provider would learn that it belongs to a client of somebody else.
func (c *Clients) MaskTo(provider, own string, written []string, text string) (string, error) {
	return c.hide(text, func(number string) (bool, error) {
		switch {
		case number == own:
			return true, nil
		case occurs(number, written):
			return c.Is(provider, number)
		}
		return c.Is("", number)
	})
}

func (c *Clients) hide(text string, hides func(number string) (bool, error)) (masked string, failed error) {
	masked = MaskKnown(text, func(number string) bool {
		is, err := hides(number)
		if err != nil {
			failed = err
		}
		return is || err != nil
	})
	return masked, failed
}

// occurs reports whether a number occurs in one of the texts.
func occurs(number string, texts []string) (found bool) {
	for _, text := range texts {
		MaskKnown(text, func(other string) bool {
			found = found || other == number
			return false
		})
	}
	return found
}
