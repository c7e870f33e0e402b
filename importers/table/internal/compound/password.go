package compound

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/xml"
	"hash"
	"unicode/utf16"
)

// excelPassword is the password that Excel uses if a workbook must be encrypted
// but the user chose none, as when only its structure is protected.
const excelPassword = "VelvetSweatshop"

// spinMax is the largest number of hash iterations; Office uses 100 000.
const spinMax = 1_000_000

// opensWith reports whether password decrypts the content that description, the
// stream EncryptionInfo, describes ([MS-OFFCRYPTO] 2.3.4).
func opensWith(description []byte, password string) bool {
	if len(description) < 8 {
		return false
	}
	major, minor := binary.LittleEndian.Uint16(description), binary.LittleEndian.Uint16(description[2:])
	secret := make([]byte, 0, 2*len(password))
	for _, unit := range utf16.Encode([]rune(password)) {
		secret = binary.LittleEndian.AppendUint16(secret, unit)
	}
	switch {
	case major == 4 && minor == 4:
		return opensAgile(description[8:], secret)
	case major >= 2 && major <= 4 && minor == 2:
		return opensStandard(description[8:], secret)
	}
	return false
}

// agile describes agile encryption, which Office uses since 2010.
type agile struct {
	Password struct {
		SpinCount  int    `xml:"spinCount,attr"`
		KeyBits    int    `xml:"keyBits,attr"`
		HashName   string `xml:"hashAlgorithm,attr"`
		Cipher     string `xml:"cipherAlgorithm,attr"`
		Chaining   string `xml:"cipherChaining,attr"`
		Salt       string `xml:"saltValue,attr"`
		Input      string `xml:"encryptedVerifierHashInput,attr"`
		HashOfThat string `xml:"encryptedVerifierHashValue,attr"`
	} `xml:"keyEncryptors>keyEncryptor>encryptedKey"`
}

func opensAgile(description, secret []byte) bool {
	var a agile
	if xml.Unmarshal(description, &a) != nil {
		return false
	}
	p := a.Password
	newHash := hashes[p.HashName]
	salt, _ := base64.StdEncoding.DecodeString(p.Salt)
	input, _ := base64.StdEncoding.DecodeString(p.Input)
	hashOfThat, _ := base64.StdEncoding.DecodeString(p.HashOfThat)
	if newHash == nil || p.Cipher != "AES" || p.Chaining != "ChainingModeCBC" || p.SpinCount < 0 || p.SpinCount > spinMax ||
		p.KeyBits != 128 && p.KeyBits != 192 && p.KeyBits != 256 ||
		len(salt) == 0 || len(input) == 0 || len(input)%aes.BlockSize != 0 || len(hashOfThat) == 0 || len(hashOfThat)%aes.BlockSize != 0 {
		return false
	}
	spun := spin(newHash(), salt, secret, p.SpinCount)
	open := func(sealed []byte, purpose string) []byte {
		key := fit(sum(newHash(), spun, []byte(purpose)), p.KeyBits/8)
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil
		}
		opened := make([]byte, len(sealed))
		cipher.NewCBCDecrypter(block, fit(salt, aes.BlockSize)).CryptBlocks(opened, sealed)
		return opened
	}
	verifier := open(input, "\xFE\xA7\xD2\x76\x3B\x4B\x9E\x79")
	want := sum(newHash(), verifier[:min(len(salt), len(verifier))])
	got := open(hashOfThat, "\xD7\xAA\x0F\x6D\x30\x61\x34\x4E")
	return bytes.HasPrefix(got, want)
}

var hashes = map[string]func() hash.Hash{"SHA1": sha1.New, "SHA-1": sha1.New, "SHA256": sha256.New, "SHA384": sha512.New384, "SHA512": sha512.New}

// Standard encryption, of Office 2007: the length of a header, the header, and a
// verifier structure with the salt, the encrypted verifier and its encrypted hash.
const (
	standardSpins    = 50_000
	keySizeAt        = 16 // offset in the header
	standardVerifier = 4 + 16 + 16 + 4 + 32
)

func opensStandard(description, secret []byte) bool {
	if len(description) < 4 {
		return false
	}
	length := int64(binary.LittleEndian.Uint32(description))
	if length < keySizeAt+4 || length > int64(len(description)-4-standardVerifier) {
		return false
	}
	header, rest := description[4:4+length], description[4+length:]
	keyBytes := int(binary.LittleEndian.Uint32(header[keySizeAt:]) / 8)
	salt, verifier, hashOfThat := rest[4:20], rest[20:36], rest[40:72]
	spun := sum(sha1.New(), spin(sha1.New(), salt, secret, standardSpins), make([]byte, 4))
	derived := append(sum(sha1.New(), masked(spun, 0x36)), sum(sha1.New(), masked(spun, 0x5C))...)
	if keyBytes != 16 && keyBytes != 24 && keyBytes != 32 {
		return false
	}
	block, err := aes.NewCipher(derived[:keyBytes])
	if err != nil {
		return false
	}
	opened := make([]byte, 16+32)
	for at, sealed := 0, append(bytes.Clone(verifier), hashOfThat...); at < len(sealed); at += aes.BlockSize {
		block.Decrypt(opened[at:], sealed[at:])
	}
	return bytes.Equal(sum(sha1.New(), opened[:16]), opened[16:16+sha1.Size])
}

// spin hashes the salt and the password, and then count times an iteration number
// with the previous hash.
func spin(h hash.Hash, salt, secret []byte, count int) []byte {
	out := sum(h, salt, secret)
	number := make([]byte, 4)
	for i := range count {
		binary.LittleEndian.PutUint32(number, uint32(i))
		h.Reset()
		h.Write(number)
		h.Write(out)
		out = h.Sum(out[:0])
	}
	return out
}

func sum(h hash.Hash, parts ...[]byte) []byte {
	h.Reset()
	for _, part := range parts {
		h.Write(part)
	}
	return h.Sum(nil)
}

// fit truncates or pads a key to length bytes.
func fit(key []byte, length int) []byte {
	key = bytes.Clone(key)
	for len(key) < length {
		key = append(key, 0x36)
	}
	return key[:length]
}

// masked returns 64 bytes of mask, XORed with the key.
func masked(key []byte, mask byte) []byte {
	out := bytes.Repeat([]byte{mask}, 64)
	for i, c := range key {
		out[i] ^= c
	}
	return out
}
