// Package phrase holds what the product says as data: a code and its arguments.
//
// Judgement and errors never carry sentences. They carry a Phrase, which is stored as it is and put into words in the
// reader's language at the moment it is shown (Catalogue.Say). So one stored reason reads as English to a teacher and
// as Arabic to a guardian, and a wording can be mended without touching history.
//
// Place in the flow: layer 0, beneath the facts.
package phrase

// Args are the values that a sentence needs, by name. Values are strings and numbers only, so that a Phrase survives
// JSON and compares equal after a round trip.
type Args map[string]any

// Phrase is a catalogue key with its arguments. The zero Phrase says nothing.
type Phrase struct {
	Code string `json:"code"`
	Args Args   `json:"args,omitempty"`
}

// Of makes a Phrase from a code and name, value pairs. An odd number of pairs is a programmer's error and panics.
func Of(code string, pairs ...any) Phrase {
	if len(pairs) == 0 {
		return Phrase{Code: code}
	}
	if len(pairs)%2 != 0 {
		panic("phrase.Of: " + code + ": a name without a value")
	}
	args := make(Args, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		args[pairs[i].(string)] = pairs[i+1]
	}
	return Phrase{Code: code, Args: args}
}
