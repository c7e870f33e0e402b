package web

var english = map[string]string{}
