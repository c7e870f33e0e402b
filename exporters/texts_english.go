package exporters

// inEnglish has the English of every Dutch text of the workbooks.
var inEnglish = map[string]string{}
