package auth

import (
	"strings"
	"unicode/utf8"

	"kith/internal/fault"
)

// LeastPassword and MostPassword bound a password in characters. Length is what helps (NIST SP 800-63B, 2025, §3.1.1); no
// kinds of signs are asked for.
const (
	LeastPassword = 10
	MostPassword  = 200
)

// TakePassword refuses a password that is too short, too long, a few signs over and over, or holds the login name.
// Errors: Invalid.
func TakePassword(password, login string) error {
	n := utf8.RuneCountInString(password)
	if n < LeastPassword || n > MostPassword {
		return fault.New(fault.Invalid, "fault.password.length", "least", LeastPassword, "most", MostPassword)
	}
	signs := map[rune]bool{}
	for _, r := range password {
		signs[r] = true
	}
	if len(signs) < 5 {
		return fault.New(fault.Invalid, "fault.password.signs")
	}
	if login != "" && strings.Contains(strings.ToLower(password), strings.ToLower(login)) {
		return fault.New(fault.Invalid, "fault.password.login")
	}
	return nil
}
