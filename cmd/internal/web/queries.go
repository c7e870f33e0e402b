package web

import "net/url"

func parseQuery(text string) (url.Values, error) { return url.ParseQuery(text) }
