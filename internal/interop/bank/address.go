package bank

import (
	"encoding/base64"
	"strings"

	"kith/internal/flow/intake"
	"kith/internal/interop/picture"
)

// inAddress reads a picture that stands in its own address: data:image/png;base64,….
func inAddress(src string) (name string, body []byte) {
	rest, ok := strings.CutPrefix(src, "data:image/")
	if !ok {
		return "", nil
	}
	_, packed, ok := strings.Cut(rest, ";base64,")
	if !ok {
		return "", nil
	}
	return "picture.png", Unbase64(packed)
}

// Unbase64 unpacks a picture, nil when it is none or larger than a picture may be.
func Unbase64(packed string) []byte {
	packed = strings.Map(func(r rune) rune {
		if r == ' ' || r == '\n' || r == '\r' || r == '\t' {
			return -1
		}
		return r
	}, packed)
	if base64.StdEncoding.DecodedLen(len(packed)) > picture.Max {
		return nil
	}
	body, err := base64.StdEncoding.DecodeString(packed)
	if err != nil {
		return nil
	}
	return body
}

// Address writes a picture as its own address, for formats that carry no files.
func Address(f intake.BundleFile) string {
	return "data:" + f.Type + ";base64," + base64.StdEncoding.EncodeToString(f.Body)
}
