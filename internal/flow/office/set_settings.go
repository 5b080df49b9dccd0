package office

import (
	"encoding/json"
	"regexp"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/store/db"
)

// SetSettingsIn is how a person wants pages to look; empty is "as the device says" and the school's language.
type SetSettingsIn struct {
	flow.Op
	Theme  string `json:"theme,omitempty" enum:",light,dark"`
	Text   string `json:"text,omitempty" enum:",young"`
	Locale string `json:"locale,omitempty" maxLength:"12" doc:"BCP 47"`
}

var localeShape = regexp.MustCompile(`^[a-z]{2,3}(-[A-Z]{2})?$`)

// SetSettings keeps a person's own settings. Errors: Invalid for a value that is none.
var SetSettings = flow.Verb[SetSettingsIn, flow.Done]{
	Name: "set_settings",
	Rule: access.Allow(access.SignedIn),
	About: func(l *flow.Look, in SetSettingsIn) (access.Subject, error) {
		return access.OfPerson(l.Who().Person), nil
	},
	Do: func(a *flow.Act, in SetSettingsIn) (flow.Done, error) {
		switch {
		case in.Theme != "" && in.Theme != "light" && in.Theme != "dark":
			return flow.Done{}, fault.Invalidf("theme", "%q is no theme", in.Theme)
		case in.Text != "" && in.Text != "young":
			return flow.Done{}, fault.Invalidf("text", "%q is no size of text", in.Text)
		case in.Locale != "" && !localeShape.MatchString(in.Locale):
			return flow.Done{}, fault.Invalidf("locale", "%q is no language", in.Locale)
		}
		body, err := json.Marshal(door.Settings{Theme: in.Theme, Text: in.Text})
		if err != nil {
			return flow.Done{}, err
		}
		return flow.Done{}, changed(a.Q().SetPersonSettings(a.Ctx(), db.SetPersonSettingsParams{SchoolID: a.School(), ID: string(a.Who().Person), Settings: string(body), Locale: in.Locale}))
	},
}
