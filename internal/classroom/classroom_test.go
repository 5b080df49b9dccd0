package classroom

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
)

const (
	mix   skill.ID = "equivalent-ratios"
	price skill.ID = "unit-rate"
)

func room(t testing.TB, members ...Member) Input {
	t.Helper()
	g, err := skill.NewGraph(skill.Course{Skills: []skill.Skill{{ID: mix}, {ID: price}}, Edges: []skill.Edge{{From: mix, To: price}}})
	if err != nil {
		t.Fatal(err)
	}
	return Input{Graph: g, Skills: []skill.ID{price, mix}, Lesson: []skill.ID{price}, Members: members,
		Titles: map[skill.ID]string{mix: "The same mix", price: "How much for one"},
		Items:  map[skill.ID][]item.ID{mix: {"m1", "m2", "m3", "m4"}, price: {"p1", "p2", "p3", "p4", "p5"}}}
}

// who makes a member: then words "SKILL:TAG" (not yet, with that mistake; TAG may be empty), "SKILL=" (Secure),
// "SKILL+" (growing and right), "unseen".
func who(id string, words ...string) Member {
	m := Member{Person: roster.PersonID(id), Seen: SeenAll, Estimates: map[skill.ID]mastery.Estimate{}}
	for _, w := range words {
		if w == "unseen" {
			m.Seen = SeenNone
			continue
		}
		name, tag, notYet := strings.Cut(w, ":")
		e := mastery.Estimate{Attempts: 2, Status: mastery.Growing, PKnown: 0.4}
		switch {
		case notYet:
			e.State.Tries = []mastery.Try{{Went: mastery.WentRight}, {Went: mastery.WentNotYet, Mistake: tag}}
		case strings.HasSuffix(w, "="):
			name, e.Status = strings.TrimSuffix(w, "="), mastery.Secure
			e.State.Tries = []mastery.Try{{Went: mastery.WentRight}}
		default:
			name = strings.TrimSuffix(w, "+")
			e.State.Tries = []mastery.Try{{Went: mastery.WentRight}}
		}
		id := map[string]skill.ID{"mix": mix, "price": price}[name]
		e.Skill = id
		m.Estimates[id] = e
	}
	return m
}

// told prints piles as "kind skill/mistake: names".
func told(piles []Pile) []string {
	var out []string
	for _, p := range piles {
		s := string(p.Kind)
		if p.Skill != "" {
			s += " " + string(p.Skill) + "/" + p.Mistake
		}
		names := make([]string, len(p.Members))
		for i, id := range p.Members {
			names[i] = string(id)
		}
		out = append(out, s+": "+strings.Join(names, " "))
	}
	return out
}

func piles(t testing.TB, in Input) []Pile {
	t.Helper()
	got, err := Piles(in)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestPiles_FollowThePlainRule(t *testing.T) {
	for _, c := range []struct {
		name    string
		members []Member
		want    []string
	}{
		{"nobody", nil, nil},
		{"who shares a mistake sits together", []Member{who("Amina", "price:upside-down"), who("Bo", "price+"), who("Cy", "price:upside-down")},
			[]string{"sit unit-rate/upside-down: Amina Cy", "carry: Bo"}},
		{"one alone carries on", []Member{who("Amina", "price:upside-down"), who("Bo", "price:difference")}, []string{"carry: Amina Bo"}},
		{"another mistake is another table", []Member{who("A", "price:upside-down"), who("B", "price:difference"), who("C", "price:upside-down"), who("D", "price:difference"), who("E", "price:difference")},
			[]string{"sit unit-rate/difference: B D E", "sit unit-rate/upside-down: A C"}},
		{"where no mistake was seen, the skill is enough", []Member{who("A", "price:"), who("B", "price:")}, []string{"sit unit-rate/: A B"}},
		{"two mistakes: the earlier skill", []Member{who("A", "price:upside-down", "mix:add-same"), who("B", "price:upside-down", "mix:add-same"), who("C", "mix:add-same"), who("D", "price:upside-down"), who("E", "price:upside-down")},
			[]string{"sit equivalent-ratios/add-same: A B C", "sit unit-rate/upside-down: D E"}},
		{"an earlier mistake that nobody shares does not bind", []Member{who("A", "price:upside-down", "mix:add-same"), who("B", "price:upside-down")},
			[]string{"sit unit-rate/upside-down: A B"}},
		{"who did not watch has a seat", []Member{who("A", "unseen", "mix:add-same"), who("B", "mix:add-same"), who("C", "mix:add-same")},
			[]string{"sit equivalent-ratios/add-same: B C", "watch: A"}},
		{"who has it all goes deeper, watched or not", []Member{who("A", "price=", "unseen"), who("B", "price=", "mix:add-same"), who("C")},
			[]string{"carry: C", "deeper: A B"}},
		{"Secure sits nowhere for it", []Member{who("A", "mix="), who("B", "mix:add-same"), who("C", "mix:add-same")},
			[]string{"sit equivalent-ratios/add-same: B C", "carry: A"}},
		{"seven are two tables", []Member{who("A", "mix:x"), who("B", "mix:x"), who("C", "mix:x"), who("D", "mix:x"), who("E", "mix:x"), who("F", "mix:x"), who("G", "mix:x")},
			[]string{"sit equivalent-ratios/x: D E F G", "sit equivalent-ratios/x: A B C"}},
		{"one teacher sits at two tables, the largest", []Member{
			who("A", "mix:x"), who("B", "mix:x"), who("C", "mix:y"), who("D", "mix:y"), who("E", "mix:y"), who("F", "price:z"), who("G", "price:z"), who("H", "price:z")},
			[]string{"sit equivalent-ratios/y: C D E", "sit unit-rate/z: F G H", "carry: A B"}},
	} {
		if got := told(piles(t, room(t, c.members...))); !slices.Equal(got, c.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestPiles_BringWhatTheTableNeeds(t *testing.T) {
	in := room(t, who("A", "price:upside-down"), who("B", "price:upside-down"), who("C", "price:difference"))
	in.Members[0].Recent = []item.ID{"p1", "p2"}
	in.Members[1].Recent = []item.ID{"p1"}
	answer := func(person, tag string, it item.ID, box string) Answer {
		return Answer{Person: roster.PersonID(person), Skill: price, Mistake: tag, Shown: Shown{Item: it, DrawN: 1, Response: item.Response{Boxes: []string{box}}}}
	}
	in.Answers = []Answer{
		answer("B", "upside-down", "p2", "4"), answer("A", "upside-down", "p1", "2/3"), answer("B", "upside-down", "p1", "5"),
		answer("C", "upside-down", "p5", "9"), answer("A", "difference", "p4", "8"),
	}
	p := piles(t, in)[0]
	var talk []string
	for _, s := range p.Discuss {
		talk = append(talk, string(s.Item)+"="+s.Response.Boxes[0])
	}
	if !slices.Equal(talk, []string{"p1=5", "p2=4"}) { // the newest, then another item; only theirs, only this mistake
		t.Errorf("to discuss: %v", talk)
	}
	if !slices.Equal(p.Exit, []item.ID{"p3", "p4"}) || p.Example != "p5" { // p1 and p2 were met and are on the table
		t.Errorf("exit %v, example %s", p.Exit, p.Example)
	}
	if p.Reason.Code != "pile.sit_mistake" || p.Reason.Args["n"] != 2 || p.Reason.Args["skill"] != "How much for one" {
		t.Errorf("reason %+v", p.Reason)
	}
	b, _ := json.Marshal(p.Discuss)
	if strings.Contains(string(b), `"A"`) || strings.Contains(string(b), `"B"`) {
		t.Errorf("a name is on the table: %s", b)
	}
	in.Items[price] = []item.ID{"p1"}
	if p := piles(t, in)[0]; !slices.Equal(p.Exit, []item.ID{"p1"}) || p.Example != "" {
		t.Errorf("one item only: exit %v, example %q", p.Exit, p.Example)
	}
	in.Answers = in.Answers[1:2]
	if p := piles(t, in)[0]; len(p.Discuss) != 1 {
		t.Errorf("one answer only: %v", p.Discuss)
	}
}

// Properties over 2,000 random classes of 0 to 34 (seed fixed): everyone exactly once, sizes, at most two sit piles, keys
// apart, exit items differ from each other and the example, the same again for the same class.
func TestPiles_PlaceEveryoneOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 21))
	words := []string{"price:upside-down", "price:difference", "price:", "price=", "price+", "mix:add-same", "mix:divides", "mix=", "mix+", "unseen"}
	for round := range 2_000 {
		var members []Member
		for i := range r.IntN(35) {
			var w []string
			for range r.IntN(4) {
				w = append(w, words[r.IntN(len(words))])
			}
			members = append(members, who(fmt.Sprint(i), w...))
		}
		in := room(t, members...)
		got := piles(t, in)
		if !reflect.DeepEqual(got, piles(t, in)) {
			t.Fatal("not a function of its input")
		}
		seen, keys, sit, kinds := map[roster.PersonID]int{}, map[string]bool{}, 0, map[Kind]int{}
		for _, p := range got {
			for _, id := range p.Members {
				seen[id]++
			}
			if keys[p.Key] || p.Reason.Code == "" || len(p.Members) > MaxPile || len(p.Members) == 0 {
				t.Fatalf("round %d: %+v", round, p)
			}
			keys[p.Key] = true
			kinds[p.Kind] += len(p.Members)
			if p.Kind != Sit {
				continue
			}
			sit++
			if len(p.Members) < MinPile || len(p.Exit) != ExitN || p.Exit[0] == p.Exit[1] || slices.Contains(p.Exit, p.Example) {
				t.Fatalf("round %d: %+v", round, p)
			}
			for _, id := range p.Members {
				for _, m := range members {
					if tag, ok := need(m, p.Skill); m.Person == id && (!ok || tag != p.Mistake) {
						t.Fatalf("round %d: %s sits for %s/%s without need", round, id, p.Skill, p.Mistake)
					}
				}
			}
		}
		for _, m := range members {
			if seen[m.Person] != 1 {
				t.Fatalf("round %d: %s stands in %d piles", round, m.Person, seen[m.Person])
			}
		}
		if len(seen) != len(members) || sit > MaxSit {
			t.Fatalf("round %d: %d placed of %d, %d tables", round, len(seen), len(members), sit)
		}
		for _, p := range got { // nobody is alone where there is company
			if len(p.Members) == 1 && kinds[p.Kind] > 1 {
				t.Fatalf("round %d: one alone in %s of %d", round, p.Kind, kinds[p.Kind])
			}
		}
	}
}

func TestPiles_RefuseWhatCannotBe(t *testing.T) {
	if _, err := Piles(room(t, who("A"), who("A"))); !fault.Is(err, fault.Invalid) {
		t.Errorf("a member twice: %v", err)
	}
	in := room(t, who("A"))
	in.Skills = append(in.Skills, "juggling")
	if _, err := Piles(in); !fault.Is(err, fault.Invalid) {
		t.Errorf("an unknown skill: %v", err)
	}
}

func TestQueue_OldestFirst(t *testing.T) {
	hands := []Help{{ID: "c", RaisedMs: 30}, {ID: "b", RaisedMs: 10}, {ID: "a", RaisedMs: 10}, {ID: "d", RaisedMs: 20}}
	var got []string
	for _, h := range Queue(hands) {
		got = append(got, h.ID)
	}
	if !slices.Equal(got, []string{"a", "b", "d", "c"}) || hands[0].ID != "c" {
		t.Errorf("got %v", got)
	}
}

func TestPiles_HaveWords(t *testing.T) {
	b, err := os.ReadFile("../phrase/en/pile.en.json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]string
	if err := json.Unmarshal(b, &words); err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"sit_mistake", "sit_skill", "watch", "carry", "deeper"} {
		if words["pile."+code] == "" {
			t.Errorf("pile.%s has no words", code)
		}
	}
}

func BenchmarkPiles(b *testing.B) {
	var members []Member
	for i := range 30 {
		members = append(members, who(fmt.Sprint(i), []string{"price:upside-down", "mix:add-same", "price=", "price+"}[i%4]))
	}
	in := room(b, members...)
	for b.Loop() {
		if _, err := Piles(in); err != nil {
			b.Fatal(err)
		}
	}
}
