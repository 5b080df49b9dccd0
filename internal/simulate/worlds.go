package simulate

// Worlds are four schools with the counts of four published sets of logs, as the comparisons of Gervet et al. (2020, JEDM
// 12:3) and Liu et al. (2022, pyKT, NeurIPS) give them, and one of ours. Everything else is chosen by us, so that the models
// that those papers report land near their figures on them.
func Worlds() []World {
	usual := World{
		Ability: .9, PerSkill: .6, SkillHard: .7, ItemHard: .9, Ease: .9, Slope: .25, Guess: .08, Choice: .3, Slip: .05,
		Lacking: .15, Insight: .12, Gain: 1.2, GainOver: 6, Transfer: .5, Forget: .15, Mood: .5, Careless: .04, Kin: .6, KinSize: 4, Class: .4, Primes: .4, RowsMin: 1, RowsMax: 5000,
	}
	builder := usual // problem sets that end after three right in a row; many items, each seen by few
	builder.Name, builder.Learners, builder.Skills, builder.Items = "builder", 4100, 120, 15000
	builder.Rows, builder.RowsSpread = 32, 1.3
	builder.Kin = 1
	builder.Block, builder.UntilThree, builder.SetSize, builder.Fixed, builder.Review = 15, true, 60, .5, .1
	builder.Retry, builder.Scaffold, builder.TwoSkills = 0, .1, .1

	sequences := usual // the log names a skill, and no items
	sequences.Name, sequences.Learners, sequences.Skills, sequences.Items = "sequences", 19000, 100, 5000
	sequences.Rows, sequences.RowsSpread = 21, .9
	sequences.Block, sequences.UntilThree, sequences.SetSize, sequences.Fixed, sequences.SkillIsItem = 12, true, 50, .2, true

	steps := usual // one course, every learner the same steps in the same order
	steps.Name, steps.Learners, steps.Skills, steps.Items = "steps", 330, 80, 1200
	steps.Rows, steps.RowsSpread, steps.RowsMax = 560, .5, 1300
	steps.Ability, steps.PerSkill, steps.SkillHard, steps.ItemHard, steps.Ease = .8, .4, .6, 1.4, 1.4
	steps.Kin = 1.2
	steps.Block, steps.SetSize, steps.Fixed, steps.Review = 15, 15, .95, .02

	retries := usual // long ways; every try is a row, until the item gives itself away
	retries.Name, retries.Learners, retries.Skills, retries.Items = "retries", 1700, 100, 2200
	retries.Rows, retries.RowsSpread = 430, .8
	retries.Ease, retries.Ability = -.2, .7
	retries.Block, retries.SetSize, retries.Fixed, retries.Retry, retries.Hints, retries.Scaffold = 10, 20, .6, .93, 1.5, .35

	small := usual // a small school's first months
	small.Name, small.Learners, small.Skills, small.Items = "small", 250, 40, 400
	small.Rows, small.RowsSpread = 150, .8
	small.Block, small.UntilThree, small.SetSize, small.Fixed, small.Review, small.TwoSkills = 10, true, 20, .2, .2, .2
	return []World{builder, sequences, steps, retries, small}
}
