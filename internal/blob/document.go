package blob

import (
	"bytes"
	"io"

	"kith/internal/fault"
)

// MaxSent is the largest document that a learner sends, in bytes: some pages from a scanner, over a slow line.
const MaxSent = 10 << 20

// IsDocument reports whether what somebody sends begins as a document (PDF) does.
func IsDocument(head []byte) bool {
	kind, _ := sniff(head[:min(len(head), headBytes)])
	return kind == "application/pdf"
}

// Document looks at a learner's document, which is kept as it is: it is only ever handed out as a file, never shown in a page. Its
// end is looked for, since half of one opens nowhere. Errors: Invalid (no PDF, cut off, too large).
func Document(body []byte) (io.Reader, error) {
	switch {
	case len(body) > MaxSent:
		return nil, fault.New(fault.Invalid, "fault.file.large", "mb", MaxSent>>20)
	case !IsDocument(body):
		return nil, fault.New(fault.Invalid, "fault.file.photo")
	case !bytes.Contains(body[max(0, len(body)-2048):], []byte("%%EOF")):
		return nil, fault.New(fault.Invalid, "fault.file.document_cut")
	}
	return bytes.NewReader(body), nil
}
