package bsn

// Clients takes the citizen service numbers of clients out of texts. Some administrations make references of them, or write
// that of another child where a referral belongs; other numbers that merely look like one stay.
type Clients struct {
	is    func(provider, number string) (bool, error)
	known map[asked]bool
	left  []string
}

type asked struct{ provider, number string }

// NewClients returns what asks once whether a number is that of a client, of one to whom that provider sent care unless it
// is "".
func NewClients(is func(provider, number string) (bool, error)) *Clients {
	return &Clients{is: is, known: make(map[asked]bool)}
}

// Left returns the numbers that stayed in texts since it was last asked for, because they are nobody's as yet.
func (c *Clients) Left() []string {
	left := c.left
	c.left = nil
	return left
}

// Is reports whether a number is that of a client; of one of whom that provider sent care, unless it is "".
func (c *Clients) Is(provider, number string) (bool, error) {
	if is, looked := c.known[asked{provider, number}]; looked {
		return is, nil
	}
	is, err := c.is(provider, number)
	if err == nil {
		c.known[asked{provider, number}] = is
	}
	return is, err
}

// Mask returns a text without the numbers of clients.
func (c *Clients) Mask(text string) (string, error) {
	return c.hide(text, func(number string) (bool, error) {
		is, err := c.Is("", number)
		if !is {
			c.left = append(c.left, number)
		}
		return is, err
	})
}

// MaskOf returns a reference, or the number of a referral, of a row without the number of its own client and of any other.
func (c *Clients) MaskOf(text, own string) (string, error) {
	if !mayHoldNumber(text) {
		return text, nil
	}
	return c.Mask(MaskOf(text, own))
}

// MaskTo returns a text about a row as its provider may read it. Whoever sees which of the numbers that he wrote himself are
// masked would learn who is a client of another: of those only the row's own and those of the provider's clients are.
func (c *Clients) MaskTo(provider, own string, written []string, text string) (string, error) {
	return c.hide(text, func(number string) (bool, error) {
		switch {
		case number == own:
			return true, nil
		case stands(number, written):
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

// stands reports whether a number stands in one of the texts.
func stands(number string, texts []string) (found bool) {
	for _, text := range texts {
		MaskKnown(text, func(other string) bool {
			found = found || other == number
			return false
		})
	}
	return found
}
