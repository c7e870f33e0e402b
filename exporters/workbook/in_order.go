package workbook

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"slices"
)

// InOrder gives a workbook of another maker with its parts in a fixed order, without times. The parts are not
// compressed again, but for the list of content types, whose lines have no fixed order otherwise.
func InOrder(raw []byte) ([]byte, error) {
	source, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, err
	}
	parts := slices.Clone(source.File)
	slices.SortFunc(parts, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	var ordered bytes.Buffer
	target := zip.NewWriter(&ordered)
	for _, part := range parts {
		if part.Name == contentTypes {
			err = copyTypes(target, part)
		} else {
			err = copyPart(target, part)
		}
		if err != nil {
			return nil, err
		}
	}
	err = target.Close()
	return ordered.Bytes(), err
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

func copyTypes(target *zip.Writer, part *zip.File) error {
	reader, err := part.Open()
	if err != nil {
		return err
	}
	defer reader.Close()
	text, err := io.ReadAll(reader)
	if err != nil {
		return err
	}
	if text, err = sortedTypes(text); err != nil {
		return err
	}
	writer, err := target.CreateHeader(&zip.FileHeader{Name: part.Name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = writer.Write(text)
	return err
}
