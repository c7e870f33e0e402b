package table

// odsHead is the beginning of the content of an OpenDocument workbook, with the styles that the tests use.
const odsHead = `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ` +
	`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" ` +
	`xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">` +
	`<office:automatic-styles><number:date-style style:name="N1"><number:day/></number:date-style><number:time-style style:name="N2"><number:hours/></number:time-style>` +
	`<number:time-style style:name="N3" number:truncate-on-overflow="false"><number:hours/></number:time-style><number:number-style style:name="N4"><number:number/></number:number-style>` +
	`<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/><style:style style:name="ce2" style:family="table-cell" style:data-style-name="N2"/>` +
	`<style:style style:name="ce3" style:family="table-cell" style:data-style-name="N3"/><style:style style:name="ce4" style:family="table-cell" style:parent-style-name="ce1"><style:text-properties style:text-line-through-style="solid"/></style:style>` +
	`<style:style style:name="ce5" style:family="table-cell" style:parent-style-name="ce4" style:data-style-name="N4"><style:text-properties style:text-line-through-style="none"/></style:style>` +
	`<style:style style:name="ce6" style:family="table-cell" style:parent-style-name="Doorgehaald"/><style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-type="single"/></style:style>` +
	`<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>` +
	`</office:automatic-styles><office:body><office:spreadsheet>`

const odsTail = `</office:spreadsheet></office:body></office:document-content>`

// odsParts returns an OpenDocument workbook of one sheet "Uren" with these rows.
func odsParts(rows string) parts {
	return odsSheets(`<table:table table:name="Uren" table:style-name="ta1">` + rows + `</table:table>`)
}

// odsSheets returns an OpenDocument workbook with these sheets.
func odsSheets(sheets string) parts {
	return parts{
		"mimetype":    documentTypes + "spreadsheet",
		"content.xml": odsHead + sheets + odsTail,
		"META-INF/manifest.xml": `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="` + documentTypes + `spreadsheet"/>` +
			`<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
		"styles.xml": `<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:styles>` +
			`<style:style style:name="Doorgehaald" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style></office:styles></office:document-styles>`,
	}
}
