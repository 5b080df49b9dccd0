package authoring

// Late is how many learners, with how many answers, the transaction had to judge itself.
func Late(in EditItemIn) (learners, answers int) {
	return in.ahead.late.learners, in.ahead.late.answers
}

// Foreseen is how many learners were judged before it.
func Foreseen(in EditItemIn) int { return len(in.ahead.learners) }
