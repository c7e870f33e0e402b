package table

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"path"
	"strings"
)

// container is the zip of a workbook: its parts by name.
type container struct {
	parts map[string]*zip.File // names in lower case, without leading slash
	meter *meter
}

// Parts of a container are found by name without regard to case.
func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func openContainer(r io.ReaderAt, size int64, m *meter) (*container, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, newProblem("damaged-zip", zipReason(err))
	}
	if len(archive.File) > entriesMax {
		return nil, newProblem("too-many-parts", len(archive.File), entriesMax)
	}
	c := &container{parts: make(map[string]*zip.File, len(archive.File)), meter: m}
	var declared uint64
	for _, entry := range archive.File {
		key := partKey(entry.Name)
		if _, twice := c.parts[key]; twice && !strings.HasSuffix(key, "/") {
			return nil, newProblem("damaged-part", entry.Name, phrase{"staat er twee keer in", "is there twice"})
		}
		c.parts[key] = entry
		if declared += entry.UncompressedSize64; declared > uint64(m.limits.Unpacked) || entry.UncompressedSize64 > uint64(m.limits.Unpacked) {
			return nil, newProblem("too-big", sizeOf(m.limits.Unpacked))
		}
	}
	return c, nil
}

func (c *container) has(name string) bool { return c.parts[partKey(name)] != nil }

// open gives the content of a part. Reading it to the end also checks its
// length and its checksum.
func (c *container) open(name string) (io.ReadCloser, error) {
	entry := c.parts[partKey(name)]
	if entry == nil {
		return nil, newProblem("damaged-part", name, phrase{"ontbreekt", "is missing"})
	}
	if entry.Flags&1 != 0 {
		return nil, newProblem("encrypted")
	}
	content, err := entry.Open()
	if err != nil {
		return nil, newProblem("damaged-part", name, zipReason(err))
	}
	return &partReader{c.meter.reader(partKey(name), content), content, name}, nil
}

// partReader turns the errors of unzipping into problems of the part.
type partReader struct {
	io.Reader
	closer io.Closer
	name   string
}

func (p *partReader) Read(b []byte) (int, error) {
	n, err := p.Reader.Read(b)
	var known *Problem
	var system *fs.PathError // the disk, not the workbook
	if err != nil && !errors.Is(err, io.EOF) && !errors.As(err, &known) && !errors.As(err, &system) {
		err = newProblem("damaged-part", p.name, zipReason(err))
	}
	return n, err
}

func (p *partReader) Close() error { return p.closer.Close() }

// zipReason puts an error of unzipping in words.
func zipReason(err error) phrase {
	switch {
	case errors.Is(err, zip.ErrChecksum):
		return phrase{"heeft een controlegetal dat niet klopt", "has a checksum that is not right"}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return phrase{"houdt te vroeg op", "ends too early"}
	case errors.Is(err, zip.ErrAlgorithm):
		return phrase{"is ingepakt op een manier die een werkmap niet kent", "is packed in a way that workbooks do not know"}
	case errors.Is(err, zip.ErrFormat):
		return phrase{"de inhoudsopgave klopt niet", "the table of contents is not right"}
	}
	return phrase{"kan niet worden uitgepakt", "cannot be unpacked"}
}

// decode reads a small part, an XML document, into value.
func (c *container) decode(name string, value any) error {
	part, err := c.open(name)
	if err != nil {
		return err
	}
	defer part.Close()
	source, _, err := utf8Source(io.LimitReader(part, smallPartMax))
	if err != nil {
		return err
	}
	decoder := xml.NewDecoder(source)
	decoder.CharsetReader = charsetReader
	if err = decoder.Decode(value); errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	for err == nil {
		var token xml.Token
		token, err = decoder.Token()
		if _, more := token.(xml.StartElement); more {
			err = errors.New("a second root")
		}
	}
	var known *Problem
	switch {
	case errors.Is(err, io.EOF):
		return drain(part, name)
	case errors.As(err, &known):
		return err
	}
	return newProblem("damaged-part", name, phrase{"is geen geldige XML", "is not valid XML"})
}

// drain reads what is left of a part, so that its checksum is checked; there
// should be nothing.
func drain(part io.Reader, name string) error {
	n, err := io.Copy(io.Discard, part)
	if err == nil && n > 0 {
		err = newProblem("damaged-part", name, phrase{"is te groot", "is too large"})
	}
	return err
}

// relationships of a part to others.
type relationship struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	Mode   string `xml:"TargetMode,attr"`
}

// is says whether the relationship has this type, in either of the families
// of names that workbooks use.
func (r relationship) is(kind string) bool {
	return r.Mode != "External" && strings.HasSuffix(r.Type, "/"+kind)
}

// relationships gives those of a part ("" for the container itself), with
// targets as names of parts.
func (c *container) relationships(of string) ([]relationship, error) {
	folder, file := path.Split(of)
	name := path.Join(folder, "_rels", file+".rels")
	if !c.has(name) {
		return nil, nil
	}
	var document struct {
		Relationships []relationship `xml:"Relationship"`
	}
	if err := c.decode(name, &document); err != nil {
		return nil, err
	}
	for i := range document.Relationships {
		r := &document.Relationships[i]
		target := strings.ReplaceAll(r.Target, `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", folder, target)
		}
		r.Target = strings.TrimPrefix(path.Clean(target), "/")
		if plain, err := url.PathUnescape(r.Target); err == nil && !c.has(r.Target) && c.has(plain) {
			r.Target = plain // a target is a URI: a space in a name may be %20
		}
	}
	return document.Relationships, nil
}

// contentTypes gives the type of each part that is named by itself.
func (c *container) contentTypes() (map[string]string, error) {
	var document struct {
		Defaults []struct {
			Extension   string `xml:"Extension,attr"`
			ContentType string `xml:"ContentType,attr"`
		} `xml:"Default"`
		Overrides []struct {
			PartName    string `xml:"PartName,attr"`
			ContentType string `xml:"ContentType,attr"`
		} `xml:"Override"`
	}
	if err := c.decode("[Content_Types].xml", &document); err != nil {
		return nil, err
	}
	types := make(map[string]string, len(document.Overrides))
	for _, d := range document.Defaults {
		types["."+strings.ToLower(d.Extension)] = d.ContentType
	}
	for _, o := range document.Overrides {
		types[partKey(o.PartName)] = o.ContentType
	}
	return types, nil
}

// typeOf gives the content type of a part.
func typeOf(types map[string]string, part string) string {
	if t, ok := types[partKey(part)]; ok {
		return t
	}
	return types[strings.ToLower(path.Ext(part))]
}
