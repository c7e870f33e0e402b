package workbook

import "regexp"

// What excelize makes of a chart is not all as the file format wants it: the parts of a series of bars stand in another
// order, with one that only lines have, and no line is drawn around a bar, without which a white one is not seen.
var (
	lineOfCurves  = regexp.MustCompile(`<smooth val="0"></smooth>`)
	afterLabels   = regexp.MustCompile(`(?s)(<dLbls>.*?</dLbls>)(<invertIfNegative val="0"></invertIfNegative>)`)
	fillOfOneKind = regexp.MustCompile(`(<ser>.*?<spPr><a:solidFill>.*?</a:solidFill>)(</spPr>)`)
)

const lineAround = `<a:ln w="9525"><a:solidFill><a:srgbClr val="` + inkDark + `"></a:srgbClr></a:solidFill></a:ln>`

func settledChart(text []byte) []byte {
	text = lineOfCurves.ReplaceAll(text, nil)
	text = afterLabels.ReplaceAll(text, []byte("$2$1"))
	return fillOfOneKind.ReplaceAll(text, []byte("${1}"+lineAround+"$2"))
}

// Of a chart that keeps its size excelize takes width and height for the place within the first cell where it ends, and
// Excel keeps it within that cell. The format has another anchor for it, with just these.
var (
	endsInFirstCell = regexp.MustCompile(`(?s)<xdr:twoCellAnchor editAs="oneCell">(<xdr:from>.*?</xdr:from>)` +
		`<xdr:to><xdr:col>\d+</xdr:col><xdr:colOff>(\d+)</xdr:colOff><xdr:row>\d+</xdr:row><xdr:rowOff>(\d+)</xdr:rowOff></xdr:to>` +
		`(.*?)</xdr:twoCellAnchor>`)
	ofItsOwnSize = []byte(`<xdr:oneCellAnchor>$1<xdr:ext cx="$2" cy="$3"></xdr:ext>$4</xdr:oneCellAnchor>`)
)

func settledDrawing(text []byte) []byte { return endsInFirstCell.ReplaceAll(text, ofItsOwnSize) }
