package synthetic

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"io"
	"slices"
	"strings"
)

// contentTypesPart is the one part of a workbook whose lines have no fixed order.
const contentTypesPart = "[Content_Types].xml"

// settleArchive puts the parts of a workbook in a fixed order, without times. The parts themselves are not
// compressed again.
func settleArchive(raw []byte) ([]byte, error) {
	source, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, err
	}
	parts := slices.Clone(source.File)
	slices.SortFunc(parts, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	var settled bytes.Buffer
	target := zip.NewWriter(&settled)
	for _, part := range parts {
		if part.Name == contentTypesPart {
			err = settleContentTypes(target, part)
		} else {
			err = copyPart(target, part)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := target.Close(); err != nil {
		return nil, err
	}
	return settled.Bytes(), nil
}

func copyPart(target *zip.Writer, part *zip.File) error {
	raw, err := part.OpenRaw()
	if err != nil {
		return err
	}
	writer, err := target.CreateRaw(&zip.FileHeader{
		Name: part.Name, Method: part.Method, CRC32: part.CRC32,
		CompressedSize64: part.CompressedSize64, UncompressedSize64: part.UncompressedSize64,
	})
	if err != nil {
		return err
	}
	_, err = io.Copy(writer, raw)
	return err
}

// contentTypes is the part that says what the other parts are.
type contentTypes struct {
	XMLName   xml.Name      `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Defaults  []contentType `xml:"Default"`
	Overrides []contentType `xml:"Override"`
}

type contentType struct {
	Extension string `xml:"Extension,attr,omitempty"`
	PartName  string `xml:"PartName,attr,omitempty"`
	Type      string `xml:"ContentType,attr"`
}

func settleContentTypes(target *zip.Writer, part *zip.File) error {
	reader, err := part.Open()
	if err != nil {
		return err
	}
	defer reader.Close()
	var types contentTypes
	if err := xml.NewDecoder(reader).Decode(&types); err != nil {
		return err
	}
	for _, list := range [][]contentType{types.Defaults, types.Overrides} {
		slices.SortFunc(list, func(a, b contentType) int {
			return cmp.Or(strings.Compare(a.Extension, b.Extension), strings.Compare(a.PartName, b.PartName))
		})
	}
	writer, err := target.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	if _, err := io.WriteString(writer, xml.Header); err != nil {
		return err
	}
	return xml.NewEncoder(writer).Encode(types)
}
