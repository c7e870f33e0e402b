package site

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// keyPair writes a certificate and its key, and returns their paths.
func keyPair(t *testing.T) (certificate, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1)}
	public, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	certificate, key = filepath.Join(folder, "pxq.pem"), filepath.Join(folder, "pxq.key")
	if err := errors.Join(
		os.WriteFile(certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: public}), 0o600),
		os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600),
	); err != nil {
		t.Fatal(err)
	}
	return certificate, key
}

// A certificate or key that cannot be used is reported with its settings before the server is announced; paths may be relative to
// the workspace or absolute.
func TestCertificateOfTheSettings(t *testing.T) {
	certificate, key := keyPair(t)
	_, other := keyPair(t)
	for _, test := range []struct {
		certificate, key string
		fine             bool
	}{
		{"", "", true},
		{certificate, key, true},
		{"pxq.pem", "pxq.key", true},
		{"pxq.pem", "", false},
		{"", "pxq.key", false},
		{"weg.pem", "pxq.key", false},
		{certificate, other, false},
		{certificate, certificate, false},
	} {
		s := &Site{Folder: &workspace.Folder{Path: filepath.Dir(certificate)}, Web: workspace.WebSettings{Certificate: test.certificate, Key: test.key}}
		err := s.readCertificate()
		problem, told := errors.AsType[*Problem](err)
		if test.fine && err != nil || !test.fine && (!told || !strings.Contains(problem.In("nl"), "key ‘"+test.key+"’ van [web]")) {
			t.Errorf("certificate %q, key %q: %v", test.certificate, test.key, err)
		}
	}
}
