package blob

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"kith/internal/fault"
)

func TestDocument_IsKeptAsItIsAndRefusedWhereItIsNone(t *testing.T) {
	whole := []byte("%PDF-1.7\n1 0 obj <</Author (Amina)>> endobj\ntrailer\n%%EOF\n")
	r, err := Document(whole)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := io.ReadAll(r); !bytes.Equal(got, whole) {
		t.Errorf("kept %q", got)
	}
	for name, body := range map[string]string{
		"a page":            "<html><script>alert(1)</script></html>",
		"a page before it":  "<html>%PDF-1.7 %%EOF",
		"cut off":           "%PDF-1.7\n1 0 obj",
		"its end too early": "%PDF-1.7 %%EOF" + strings.Repeat(" ", 4096),
		"too large":         "%PDF-1.7" + strings.Repeat("x", MaxSent) + "%%EOF",
		"nothing":           "",
	} {
		if _, err := Document([]byte(body)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
