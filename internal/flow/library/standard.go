package library

import (
	"kith/internal/flow"
	"kith/internal/store/db"
)

// StandardText is a standard as a page shows it: its text never without the framework's notice.
type StandardText struct {
	Framework string `json:"framework"` // the framework's title
	Code      string `json:"code"`
	Text      string `json:"text"`
	Notice    string `json:"notice"`
}

// StandardsOf are the texts of the standards with these codes, in the codes' order. A code that the school has no text for
// is left out: courses may name standards that nobody has imported.
func StandardsOf(l *flow.Look, codes []string) ([]StandardText, error) {
	out := []StandardText{}
	for _, code := range codes {
		rows, err := l.Q().StandardTexts(l.Ctx(), db.StandardTextsParams{SchoolID: l.School(), Code: code})
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out = append(out, StandardText{Framework: r.Title, Code: r.Code, Text: r.Text, Notice: r.Notice})
		}
	}
	return out, nil
}
