package sample

// character is what a simulated learner is like. None of it is stored: a page knows only what they did.
type character struct {
	given, family string
	locale        string            // the language they read; "" = the school's
	hour          int               // when they like to sit down, school time
	keen          float64           // how likely they work on an evening
	quick         float64           // how likely a skill falls into place with a variant met
	knows         []string          // skills that they had before the unit
	habits        map[string]string // skill -> the mistake that they still make
	ahead         []string          // skills that they went on to by themselves
	seen          string            // of this week's lesson: all, part, none
	asks          string            // what they brought to class
	word          string            // what they say with the plan that they sent last
	role          string            // their job in the unit's task
}

// The parts of the outline that belong to one person each. Everyone is also good at something.
const (
	newcomer = "Layla Rahimi"  // joined last week, two answers in all
	away     = "Viktor Petrov" // was away for two weeks
	onPaper  = "Aroha Ngata"   // works mostly on paper
	credited = "Freya Lindqvist"
	percents = "Kwame Mensah" // Secure in percents only
	doubtful = "Mei Chen"     // met something again that was secure, and it was not
	unsure   = "Ifeoma Eze"   // met this week's lesson with a not yet
)

// o1 to o4 are the skills that the class has met so far, o5 this week's, in teaching order.
var (
	o1 = []string{"ratio-language", "equivalent-ratios"}
	o2 = []string{"unit-rate", "compare-rates"}
	o3 = []string{"percent-of", "percent-change"}
	o4 = []string{"write-expressions", "expand-collect"}
	o5 = []string{"proportional-or-not", "constant-of-proportionality"}
)

// The two mistakes that a table of the class shares.
var (
	upsideDown = map[string]string{"unit-rate": "upside-down"}
	addSame    = map[string]string{"equivalent-ratios": "add-same"}
	both       = map[string]string{"unit-rate": "upside-down", "equivalent-ratios": "add-same"}
)

// cast is the class with a past, in the order of its sign-in sheet. All of them are invented.
var cast = []character{
	{given: "Amina", family: "Haddad", hour: 18, keen: .7, quick: .6, knows: []string{"ratio-language", "write-expressions"}, habits: upsideDown,
		seen: "all", asks: "Why do we divide that way round?", role: "drinks"},
	{given: "Yusuf", family: "Haddad", hour: 19, keen: .6, quick: .6, seen: "part", role: "planners"},
	{given: "Leo", family: "Marchetti", hour: 17, keen: .8, quick: .8, knows: []string{"ratio-language", "equivalent-ratios", "write-expressions"}, ahead: o5,
		seen: "all", asks: "What happens to the multiplier when x and y change places?", role: "treasurers"},
	{given: "Mateo", family: "Quispe", hour: 20, keen: .6, quick: .5, habits: both, seen: "all", role: "layout"},
	{given: "Nia", family: "Williams", hour: 17, keen: .6, quick: .5, habits: both, seen: "part", role: "buyers"},
	{given: "Tomasz", family: "Nowak", hour: 16, keen: .7, quick: .6, knows: []string{"write-expressions"}, habits: upsideDown, seen: "all", role: "waste"},
	{given: "Jonas", family: "Becker", hour: 18, keen: .6, quick: .6, habits: addSame, seen: "part", role: "drinks"},
	{given: "Freya", family: "Lindqvist", hour: 16, keen: .7, quick: .7, knows: []string{"ratio-language", "equivalent-ratios", "unit-rate", "compare-rates", "write-expressions"}, seen: "all", word: "I would like to do the map with Aroha.", role: "buyers"},
	{given: "Kwame", family: "Mensah", hour: 19, keen: .5, knows: []string{"percent-of", "percent-change"}, seen: "none", word: "Can I do the seating plan next? I have an idea for it.", role: "waste"},
	{given: "Aroha", family: "Ngata", hour: 17, keen: .3, quick: .7, knows: []string{"ratio-language"}, seen: "part", role: "layout"},
	{given: "Layla", family: "Rahimi", hour: 18, knows: o1, seen: "none", asks: "Can a ratio have three numbers?"},
	{given: "Viktor", family: "Petrov", hour: 17, keen: .6, quick: .6, knows: []string{"ratio-language"}, seen: "none", word: "I am back. What matters most?", role: "treasurers"},
	{given: "Mei", family: "Chen", hour: 18, keen: .7, quick: .8, knows: []string{"ratio-language", "write-expressions"}, ahead: o5, seen: "all", role: "planners"},
	{given: "Ingrid", family: "Solheim", hour: 19, keen: .7, quick: .8, knows: []string{"ratio-language"}, ahead: o5, seen: "all", word: "I can help somebody with the map.", role: "layout"},
	{given: "Chloé", family: "Ferreira", hour: 17, keen: .6, quick: .6, seen: "all", role: "drinks"},
	{given: "Sofía", family: "Ramírez", locale: "es", hour: 18, keen: .7, quick: .7, knows: []string{"ratio-language"}, seen: "all", role: "waste"},
	{given: "Samir", family: "Benali", hour: 16, keen: .7, quick: .7, knows: []string{"ratio-language"}, seen: "all", role: "buyers"}, // reads with a screen reader
	{given: "Arjun", family: "Patel", hour: 20, keen: .6, quick: .7, seen: "all", role: "treasurers"},
	{given: "Diego", family: "Castillo", hour: 20, keen: .5, quick: .6, seen: "none", role: "planners"},
	{given: "Zeynep", family: "Yılmaz", hour: 17, keen: .6, quick: .6, seen: "all", role: "drinks"},
	{given: "Haruto", family: "Sato", hour: 18, keen: .6, quick: .7, knows: []string{"ratio-language"}, seen: "all",
		asks: "How many rows must I check before I may say always?", role: "buyers"},
	{given: "Ifeoma", family: "Eze", hour: 19, keen: .6, quick: .6, seen: "part", role: "waste"},
	{given: "Tobi", family: "Adeyemi", hour: 16, keen: .6, quick: .6, seen: "none", role: "layout"},
	{given: "Priya", family: "Nair", hour: 18, keen: .7, quick: .7, knows: []string{"ratio-language"}, seen: "all",
		asks: "Is the taxi proportional if getting in costs nothing?", role: "treasurers"},
	{given: "Minh", family: "Trần", hour: 17, keen: .6, quick: .6, seen: "all", role: "planners"},
	{given: "Ruth", family: "Cohen", hour: 19, keen: .6, quick: .7, seen: "all", role: "drinks"},
	{given: "Tala", family: "Santos", hour: 20, keen: .5, quick: .6, seen: "none", role: "buyers"},
	{given: "Una", family: "Kelly", hour: 18, keen: .6, quick: .6, seen: "part", role: "waste"},
	{given: "Wanjiku", family: "Kamau", hour: 17, keen: .6, quick: .7, seen: "all", role: "layout"},
	{given: "Eli", family: "Roberts", hour: 19, keen: .6, quick: .6, seen: "all", role: "planners"},
}

// others are the learners of the other teacher's class.
var others = [][2]string{{"Hana", "Kovač"}, {"Omar", "Farouk"}, {"Grace", "Mbeki"}, {"Luca", "Moreau"}}

func (c character) name() string { return c.given + " " + c.family }
