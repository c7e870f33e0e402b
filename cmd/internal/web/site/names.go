package site

import "cmp"

// ProviderName returns the name that the book has for a code.
func (s *Site) ProviderName(code string) string {
	if book, err := s.Views.Book(); err == nil {
		if provider := book.Provider(code); provider != nil {
			return provider.Name
		}
	}
	return cmp.Or(code, "onbekend")
}

// TownName returns the name that the book has for a municipality.
func (s *Site) TownName(code string) string {
	if book, err := s.Views.Book(); err == nil && code != "" {
		if town := book.Municipality(code); town != nil {
			return town.Name
		}
	}
	if code == "" {
		return "onbekend"
	}
	return code
}
