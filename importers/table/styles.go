package table

// valueFormat is what a number format makes of a number.
type valueFormat uint8

const (
	plainFormat valueFormat = iota
	dateFormat
	timeFormat     // time of day
	durationFormat // [h]: hours go on after 24
)

// readFormats gives the format of each cell style.
func readFormats(c *container, part string) ([]valueFormat, error) {
	var document struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Styles []struct {
			ID int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := c.decode(part, &document); err != nil {
		return nil, err
	}
	custom := make(map[int]valueFormat, len(document.Formats))
	for _, format := range document.Formats {
		custom[format.ID] = formatOf(format.Code)
	}
	formats := make([]valueFormat, len(document.Styles))
	for i, style := range document.Styles {
		format, ok := custom[style.ID]
		if !ok {
			format = builtInFormat(style.ID)
		}
		formats[i] = format
	}
	return formats, nil
}

// builtInFormat gives what the formats do that every spreadsheet program has
// by number. Those from 27 on are dates in the east Asian editions.
func builtInFormat(id int) valueFormat {
	switch {
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id >= 34 && id <= 36, id >= 50 && id <= 58:
		return dateFormat
	case id >= 18 && id <= 21, id == 32, id == 33, id == 45, id == 47:
		return timeFormat
	case id == 46:
		return durationFormat
	}
	return plainFormat
}
