package flow

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/classroom"
	"kith/internal/evidence"
	"kith/internal/fault"
	"kith/internal/item"
	"kith/internal/mastery"
	"kith/internal/roster"
	"kith/internal/skill"
	"kith/internal/store"
	"kith/internal/store/db"
)

// newLesson is a school of five learners whose lesson of skill b, a film, has begun: 0, 1 and 2 met the same mistake and
// sit together, 3 carries on, 4 has not seen the film.
func newLesson(t *testing.T) *school {
	t.Helper()
	s := newSchool(t, 5)
	s.invite("l2", "2026-11-24", "09:00")
	for i, who := range s.learners[:4] {
		how := "add"
		if i == 3 {
			how = "right"
		}
		s.watches(who, "l2", 0, 100)
		s.answers(who, "b-1", how, 1)
		s.answers(who, "b-2", how, 1)
	}
	s.now = s.now.Add(30 * time.Minute)
	do(s, StartDay, s.okafor, StartDayIn{Op: Op{newOp()}, Class: s.class})
	return s
}

func (s *school) day() (d Day) {
	s.look(s.okafor, func(l *Look) (err error) {
		d, err = l.day(s.class)
		return err
	})
	return d
}

// pileOf is the pile that a learner is in.
func (s *school) pileOf(who access.Actor) DayPile {
	s.t.Helper()
	for _, p := range s.day().Piles {
		if slices.ContainsFunc(p.Members, func(m PileMember) bool { return m.ID == who.Person }) {
			return p
		}
	}
	s.t.Fatalf("%s is in no pile", who.Person)
	return DayPile{}
}

// heard are the kinds of the events of a topic after a rev, checking that revs rise by one.
func (s *school) heard(topic string, after int64) (kinds []string, rev int64) {
	s.t.Helper()
	rows, err := s.f.LiveAfter(s.t.Context(), string(s.id), topic, after, 100)
	if err != nil {
		s.t.Fatal(err)
	}
	rev = after
	for _, r := range rows {
		if r.Rev != rev+1 {
			s.t.Errorf("%s: rev %d after %d", topic, r.Rev, rev)
		}
		rev = r.Rev
		kinds = append(kinds, r.Kind)
	}
	return kinds, rev
}

// unseen asks for a view that must be refused with a kind, and gives the phrase's code.
func unseen[I, O any](s *school, v View[I, O], who access.Actor, in I, kind fault.Kind) string {
	s.t.Helper()
	_, err := Show(s.t.Context(), s.f, v, who, in)
	if !fault.Is(err, kind) {
		s.t.Fatalf("%s: got %v, want %s", v.Name, err, kind)
	}
	return fault.Said(err).Code
}

func TestStartDay_TellsEachLearnerWhereToGoAndWithWhom(t *testing.T) {
	s := newLesson(t)
	for i, who := range s.learners {
		kinds, _ := s.heard(LearnerTopic(string(who.Person)), 0)
		if n := len(kinds); n == 0 || kinds[n-1] != "day" {
			t.Errorf("learner %d heard %v", i, kinds)
		}
		now := show(s, Around, who, AroundIn{}).Now
		if now == nil || now.Class != "7B" || now.Teacher != "Emeka Okafor" || now.Place.Code != "pile.table" {
			t.Fatalf("learner %d: %+v", i, now)
		}
	}
	with := show(s, Around, s.learners[0], AroundIn{}).Now.With
	if len(with) != 2 || with[0].ID != s.learners[1].Person || with[1].ID != s.learners[2].Person {
		t.Errorf("sits with %+v", with)
	}
}

func TestStartDay_TwiceChangesNothingAndOthersCannot(t *testing.T) {
	s := newLesson(t)
	_, rev := s.heard(ClassTopic(string(s.class)), 0)
	if out := do(s, StartDay, s.okafor, StartDayIn{op(), s.class}); !out.Kept {
		t.Error("a running lesson was started again")
	}
	if kinds, _ := s.heard(ClassTopic(string(s.class)), rev); len(kinds) != 0 {
		t.Errorf("announced %v", kinds)
	}
	refused(s, StartDay, s.lin, StartDayIn{op(), s.class}, fault.NotFound)
	refused(s, StartDay, s.learners[0], StartDayIn{op(), s.class}, fault.Forbidden)
}

func TestStartDay_PlacesWhoJoinedAfterThePilesWereMade(t *testing.T) {
	s := newSchool(t, 3)
	do(s, PlanDay, s.okafor, PlanDayIn{Op: op(), Class: s.class})
	s.people1("Zoe")
	if got := s.day().Unplaced; len(got) != 1 {
		t.Fatalf("before: %+v", got)
	}
	do(s, StartDay, s.okafor, StartDayIn{op(), s.class})
	d := s.day()
	if len(d.Unplaced) != 0 {
		t.Errorf("left standing: %+v", d.Unplaced)
	}
	if r := show(s, Room, s.okafor, ClassIn{s.class}); seated(r) != 4 {
		t.Errorf("the room seats %d of 4: %+v", seated(r), r.Places)
	}
}

// people1 puts one more learner into 7B.
func (s *school) people1(given string) access.Actor {
	p := access.Actor{School: s.id, Person: roster.PersonID(newOp()), Role: roster.Learner}
	s.write(func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddPerson(ctx, db.AddPersonParams{SchoolID: string(s.id), ID: string(p.Person), Role: "learner", Given: given, Family: "New", NameFold: strings.ToLower(given), Settings: "{}", CreatedMs: tx.Now}); err != nil {
			return err
		}
		return tx.Enroll(ctx, db.EnrollParams{SchoolID: string(s.id), ClassID: string(s.class), PersonID: string(p.Person), Role: "learner", StartedOn: "2026-09-01", StartedMs: 1})
	})
	return p
}

func seated(r RoomPage) (n int) {
	for _, p := range r.Places {
		n += len(p.Names)
	}
	return n
}

func TestEndDay_ForgetsWhereLearnersWereAndKeepsHands(t *testing.T) {
	s := newLesson(t)
	do(s, SetPresence, s.learners[0], SetPresenceIn{Op: op(), Page: "practice", Skill: s.skill("a")})
	do(s, RaiseHand, s.learners[0], RaiseHandIn{Op: op(), Line: "Why double?"})
	do(s, EndDay, s.okafor, StartDayIn{op(), s.class})
	n := show(s, Now, s.okafor, ClassIn{s.class})
	if n.State != DayOver || len(n.Hands) != 1 || n.Learners[0].SeenMs != 0 {
		t.Errorf("over: %s, %d hands, seen %d", n.State, len(n.Hands), n.Learners[0].SeenMs)
	}
	if now := show(s, Around, s.learners[0], AroundIn{}).Now; now != nil {
		t.Errorf("still sent to %+v", now)
	}
	do(s, StartDay, s.okafor, StartDayIn{op(), s.class})
	if n := show(s, Now, s.okafor, ClassIn{s.class}); n.State != DayRunning || n.Learners[0].SeenMs != 0 {
		t.Errorf("taken up again: %s, seen %d", n.State, n.Learners[0].SeenMs)
	}
}

func TestEndDay_BeforeItStartedIsAConflict(t *testing.T) {
	s := newSchool(t, 2)
	if code := refused(s, EndDay, s.okafor, StartDayIn{op(), s.class}, fault.Conflict); code != "fault.day.not_started" {
		t.Error(code)
	}
	refused(s, EndDay, s.lin, StartDayIn{op(), s.class}, fault.NotFound)
}

func TestSetPresence_OnlyWhileALessonRuns(t *testing.T) {
	s := newLesson(t)
	at := SetPresenceIn{Page: "practice", Skill: s.skill("a")}
	_, rev := s.heard(ClassTopic(string(s.class)), 0)
	beat := func() bool {
		at.Op = op()
		return do(s, SetPresence, s.learners[0], at).Running
	}
	if !beat() || !beat() {
		t.Fatal("not running")
	}
	if kinds, _ := s.heard(ClassTopic(string(s.class)), rev); !slices.Equal(kinds, []string{"presence"}) {
		t.Errorf("a second beat from the same place is no news: %v", kinds)
	}
	if w := show(s, Now, s.okafor, ClassIn{s.class}).Learners[0]; w.Page != "practice" || w.Title != "Skill A" || w.SeenMs != s.now.UnixMilli() {
		t.Errorf("%+v", w)
	}
	s.now = s.now.Add(runsMost * time.Millisecond) // nobody ended it: it is evening
	if beat() {
		t.Error("presence was kept in the evening")
	}
	if n := show(s, Now, s.okafor, ClassIn{s.class}); n.State != DayOver || n.Learners[0].SeenMs != 0 {
		t.Errorf("%s, seen %d", n.State, n.Learners[0].SeenMs)
	}
	bad := SetPresenceIn{Op: op(), Page: "practice", Skill: skill.ID(newOp())}
	s.now = s.now.Add(-time.Hour)
	refused(s, SetPresence, s.learners[0], bad, fault.NotFound)
	refused(s, SetPresence, s.okafor, SetPresenceIn{Op: op(), Page: "now"}, fault.Forbidden)
}

func TestRoom_PlacesEveryoneByFirstNameAndHoldsNothingElse(t *testing.T) {
	s := newLesson(t)
	r := show(s, Room, s.okafor, ClassIn{s.class})
	if r.State != DayRunning || seated(r) != 5 || r.Places[0].Where.Code != "pile.table" {
		t.Errorf("%+v", r)
	}
	var names []string
	for _, p := range r.Places {
		names = append(names, p.Names...)
	}
	if slices.Sort(names); !slices.Equal(names, []string{"L01", "L02", "L03", "L04", "L05"}) {
		t.Errorf("first names: %v", names)
	}
	var walk func(at reflect.Type, path string)
	walk = func(at reflect.Type, path string) {
		switch at.Kind() {
		case reflect.Slice, reflect.Pointer:
			walk(at.Elem(), path)
		case reflect.Struct:
			for _, f := range reflect.VisibleFields(at) {
				low := strings.ToLower(f.Name + " " + f.Type.String())
				for _, never := range []string{"skill", "status", "signal", "reason", "kind", "shade", "company", "mistake", "exit", "mastery"} {
					if strings.Contains(low, never) {
						t.Errorf("%s.%s %s: the projector has no field for %s", path, f.Name, f.Type, never)
					}
				}
				walk(f.Type, path+"."+f.Name)
			}
		}
	}
	walk(reflect.TypeOf(r), "room")
	body, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"Skill A", "sit", "carry", "watch", "deeper", string(mastery.Growing)} {
		if strings.Contains(string(body), word) {
			t.Errorf("the projector's data holds %q", word)
		}
	}
	unseen(s, Room, s.lin, ClassIn{s.class}, fault.NotFound)
	unseen(s, Room, s.learners[0], ClassIn{s.class}, fault.Forbidden)
}

func TestRoom_OnePlaceForTwoPilesAndAlikeNamesKeepTheirInitial(t *testing.T) {
	day := Day{Piles: []DayPile{
		{Place: "Window", Members: []PileMember{{Named: Named{ID: "e"}}}},
		{Place: "10", Members: []PileMember{{Named: Named{ID: "d"}}}},
		{Place: "2", Members: []PileMember{{Named: Named{ID: "c"}}, {Named: Named{ID: "a"}}}},
		{Place: "2", Members: []PileMember{{Named: Named{ID: "b"}}}},
	}, Unplaced: []Named{{ID: "f"}}}
	got := roomPlaces(day, map[roster.PersonID]string{"a": "Amina G", "b": "Amina K", "c": "Ben", "d": "Dan", "e": "Eve", "f": "Fay"})
	var flat []string
	for _, p := range got {
		flat = append(flat, p.Where.Code+":"+strings.Join(p.Names, "+"))
	}
	want := []string{"pile.table:Amina G+Amina K+Ben", "pile.table:Dan", "pile.place:Eve", "room.free:Fay"}
	if !slices.Equal(flat, want) {
		t.Errorf("got %v, want %v", flat, want)
	}
}

func TestPlacesFor_NoTableNumberStandsForOneKind(t *testing.T) {
	piles := []classroom.Pile{{Key: "sit:a::1"}, {Key: "watch:::1"}, {Key: "carry:::1"}, {Key: "deeper:::1"}}
	sitsAt := map[string]bool{}
	for _, on := range []string{"2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02"} {
		day := Day{Class: "7b", On: on}
		got := placesFor(day, piles)
		if again := placesFor(day, piles); !slices.Equal(got, again) {
			t.Errorf("%s: %v, then %v", on, got, again)
		}
		sitsAt[got[0]] = true
		slices.Sort(got)
		if !slices.Equal(got, []string{"1", "2", "3", "4"}) {
			t.Errorf("%s: tables %v", on, got)
		}
	}
	if len(sitsAt) < 3 {
		t.Errorf("over eight days the pile that sits with the teacher had only the tables %v", sitsAt)
	}
}

func TestNow_ShowsTheGridInShadesAndPilesWithMembers(t *testing.T) {
	s := newLesson(t)
	n := show(s, Now, s.okafor, ClassIn{s.class})
	if n.State != DayRunning || n.Class.Name != "7B" || n.Lesson != "Doubling on film" || len(n.Skills) != 3 || len(n.Learners) != 5 {
		t.Fatalf("%s %q %d skills %d learners", n.State, n.Lesson, len(n.Skills), len(n.Learners))
	}
	if n.Skills[0].Lesson || !n.Skills[1].Lesson {
		t.Errorf("today's lesson: %+v", n.Skills)
	}
	if c := n.Learners[0].Cells; c[1].Status != mastery.Growing || c[1].Shade < 1 || c[2].Shade != 0 || c[2].Status != mastery.NotStarted {
		t.Errorf("cells %+v", c)
	}
	if p := n.Piles[0]; p.Kind != classroom.Sit || p.Title != "Skill B" || len(p.Members) != 3 || p.Items != 2 || p.Members[0].Exit[0] != "" {
		t.Errorf("pile %+v", p)
	}
	if len(n.Company) != 0 {
		t.Errorf("what was answered before the lesson says nothing today: %+v", n.Company)
	}
	unseen(s, Now, s.lin, ClassIn{s.class}, fault.NotFound)
}

func TestNow_SaysWhoMightWantCompanyForTodaysLessonOnly(t *testing.T) {
	s := newLesson(t)
	for draw := 2; draw <= 4; draw++ {
		s.answers(s.learners[0], "b-1", "add", draw)
	}
	for draw := 1; draw <= 4; draw++ {
		s.answers(s.learners[1], "c-1", "add", draw) // not today's lesson
	}
	got := show(s, Now, s.okafor, ClassIn{s.class}).Company
	if len(got) != 1 || got[0].Learner != s.learners[0].Person || got[0].Reason.Code != "now.company.mistake" || got[0].Title != "Skill B" {
		t.Errorf("%+v", got)
	}
	do(s, EndDay, s.okafor, StartDayIn{op(), s.class})
	if got := show(s, Now, s.okafor, ClassIn{s.class}).Company; len(got) != 0 {
		t.Errorf("after the lesson: %+v", got)
	}
}

func TestSatTogether_OnceForAPileAndBothSeeIt(t *testing.T) {
	s := newLesson(t)
	pile := s.pileOf(s.learners[0]).ID
	if out := do(s, SatTogether, s.okafor, SatTogetherIn{Op: op(), Pile: pile, Learner: s.learners[1].Person}); out.Recorded != 1 {
		t.Errorf("one learner: %+v", out)
	}
	if out := do(s, SatTogether, s.okafor, SatTogetherIn{Op: op(), Pile: pile}); out.Recorded != 2 {
		t.Errorf("the others of the pile: %+v", out)
	}
	for _, m := range show(s, Now, s.okafor, ClassIn{s.class}).Piles[0].Members {
		if !m.Sat {
			t.Errorf("%s: not seen by the teacher", m.Name)
		}
	}
	now := show(s, Around, s.learners[0], AroundIn{}).Now
	home := show(s, Home, s.learners[0], struct{}{})
	if !now.Sat || home.Met == nil || home.Met.By != "Emeka Okafor" {
		t.Errorf("not seen by the learner: %+v %+v", now, home.Met)
	}
	if kinds, _ := s.heard(LearnerTopic(string(s.learners[2].Person)), 0); kinds[len(kinds)-1] != "meeting" {
		t.Errorf("heard %v", kinds)
	}
	if out := do(s, SatTogether, s.okafor, SatTogetherIn{Op: op(), Pile: pile, Learner: s.learners[0].Person, Undo: true}); out.Recorded != 1 {
		t.Errorf("undo: %+v", out)
	}
	home = show(s, Home, s.learners[0], struct{}{})
	if show(s, Around, s.learners[0], AroundIn{}).Now.Sat || home.Met != nil {
		t.Errorf("taken back, and still there: %+v", home.Met)
	}
	refused(s, SatTogether, s.okafor, SatTogetherIn{Op: op(), Pile: pile, Learner: s.learners[3].Person}, fault.NotFound)
	refused(s, SatTogether, s.lin, SatTogetherIn{Op: op(), Pile: pile}, fault.NotFound)
	refused(s, SatTogether, s.learners[0], SatTogetherIn{Op: op(), Pile: pile}, fault.Forbidden)
}

func TestRaiseHand_OneAtATimeWithWhereTheyWere(t *testing.T) {
	s := newLesson(t)
	who := s.learners[0]
	do(s, RaiseHand, who, RaiseHandIn{Op: op(), Line: "  Why  is it 12? ", Page: "practice", Skill: s.skill("a")})
	h := show(s, Now, s.okafor, ClassIn{s.class}).Hands
	if len(h) != 1 || h[0].Line != "Why is it 12?" || h[0].Page != "practice" || h[0].Title != "Skill A" || h[0].Name != "L01 N." {
		t.Fatalf("%+v", h)
	}
	if code := refused(s, RaiseHand, who, RaiseHandIn{Op: op(), Line: "And 13?"}, fault.Conflict); code != "fault.hand.up" {
		t.Error(code)
	}
	refused(s, RaiseHand, s.learners[1], RaiseHandIn{Op: op(), Line: "   "}, fault.Invalid)
	refused(s, RaiseHand, s.learners[1], RaiseHandIn{Op: op(), Line: strings.Repeat("ü", 141)}, fault.Invalid)
	refused(s, RaiseHand, s.okafor, RaiseHandIn{Op: op(), Line: "me"}, fault.Forbidden)
	do(s, RaiseHand, s.learners[1], RaiseHandIn{Op: op(), Line: strings.Repeat("ü", 140)})
	do(s, RaiseHand, who, RaiseHandIn{Op: op(), Down: true})
	if h := show(s, Now, s.okafor, ClassIn{s.class}).Hands; len(h) != 1 || h[0].Learner != s.learners[1].Person {
		t.Errorf("after lowering: %+v", h)
	}
	do(s, RaiseHand, who, RaiseHandIn{Op: op(), Line: "And 13?"})
}

func TestHands_OldestFirstAndOnlyTheirOwnersAndTeachersLowerThem(t *testing.T) {
	s := newLesson(t)
	var ids []string
	for i := range 3 {
		s.now = s.now.Add(time.Minute)
		ids = append(ids, do(s, RaiseHand, s.learners[2-i], RaiseHandIn{Op: op(), Line: "Help"}).Hand)
	}
	hands := show(s, Now, s.okafor, ClassIn{s.class}).Hands
	if len(hands) != 3 || hands[0].ID != ids[0] || hands[2].ID != ids[2] {
		t.Errorf("order %+v, raised %v", hands, ids)
	}
	refused(s, ResolveHelp, s.learners[0], HelpIn{op(), ids[0]}, fault.Forbidden) // a classmate's
	refused(s, ResolveHelp, s.lin, HelpIn{op(), ids[0]}, fault.NotFound)
	refused(s, ClaimHelp, s.lin, HelpIn{op(), ids[0]}, fault.NotFound)
	refused(s, ClaimHelp, s.learners[2], HelpIn{op(), ids[0]}, fault.Forbidden)
	do(s, ResolveHelp, s.learners[2], HelpIn{op(), ids[0]})
	do(s, ClaimHelp, s.okafor, HelpIn{op(), ids[1]})
	if hand := show(s, Around, s.learners[1], AroundIn{}).Hand; hand.State != "coming" {
		t.Errorf("the learner reads %+v", hand)
	}
	if kinds, _ := s.heard(LearnerTopic(string(s.learners[1].Person)), 0); !slices.Equal(kinds[len(kinds)-2:], []string{"hand", "hand"}) {
		t.Errorf("heard %v", kinds)
	}
	do(s, ResolveHelp, s.okafor, HelpIn{op(), ids[1]})
	if code := refused(s, ClaimHelp, s.okafor, HelpIn{op(), ids[1]}, fault.Conflict); code != "fault.hand.down" {
		t.Error(code)
	}
	if h := show(s, Now, s.okafor, ClassIn{s.class}).Hands; len(h) != 1 || h[0].ID != ids[2] {
		t.Errorf("left: %+v", h)
	}
}

func TestClaimHelp_TwoTeachersAtOnceAndOneIsComing(t *testing.T) {
	s := newLesson(t)
	s.write(func(ctx context.Context, tx *store.Tx) error {
		return tx.Enroll(ctx, db.EnrollParams{SchoolID: string(s.id), ClassID: string(s.class), PersonID: string(s.lin.Person), Role: "teacher", StartedOn: "2026-09-01", StartedMs: 1})
	})
	hand := do(s, RaiseHand, s.learners[0], RaiseHandIn{Op: op(), Line: "Help"}).Hand
	teachers := []access.Actor{s.okafor, s.lin}
	errs := make([]error, len(teachers))
	var all sync.WaitGroup
	for i, who := range teachers {
		all.Go(func() { _, errs[i] = Run(t.Context(), s.f, ClaimHelp, who, HelpIn{op(), hand}) })
	}
	all.Wait()
	winner := slices.Index(errs, nil)
	if winner < 0 || !fault.Is(errs[1-winner], fault.Conflict) {
		t.Fatalf("%v", errs)
	}
	name := []string{"Emeka Okafor", "Mei Lin"}[winner]
	if said := fault.Said(errs[1-winner]); said.Code != "fault.hand.claimed" || said.Args["name"] != name {
		t.Errorf("the other reads %+v, %s is coming", said, name)
	}
	if h := show(s, Now, teachers[winner], ClassIn{s.class}).Hands[0]; !h.Coming || !h.Mine || h.By != name {
		t.Errorf("%+v", h)
	}
	do(s, ClaimHelp, teachers[winner], HelpIn{op(), hand}) // again changes nothing
}

// exitAnswer answers what an exit check asks first: right or as the mistake "add".
func (s *school) exitAnswer(who access.Actor, pile string, right bool) RecordAttemptIn {
	s.t.Helper()
	asked := show(s, Exit, who, ExitIn{pile}).Asked[0]
	code := ""
	for name, id := range s.ids {
		if id == string(asked.Item) {
			code = strings.TrimPrefix(name, "item:")
		}
	}
	n := drawnNumber(s, who, code, asked.DrawN)
	box := n + 2
	if right {
		box = 2 * n
	}
	return RecordAttemptIn{Op: op(), Learner: who.Person, Item: item.ID(asked.Item), Version: asked.Version, DrawN: asked.DrawN, Try: 1,
		Response: item.Response{Boxes: []string{strconv.Itoa(box)}}, Purpose: evidence.ForExit, Context: pile, HappenedMs: s.now.UnixMilli()}
}

func TestOpenExit_GoesToExactlyThatPile(t *testing.T) {
	s := newLesson(t)
	pile := s.pileOf(s.learners[0])
	revs := map[int]int64{}
	for i, who := range s.learners {
		_, revs[i] = s.heard(LearnerTopic(string(who.Person)), 0)
	}
	if code := unseen(s, Exit, s.learners[0], ExitIn{pile.ID}, fault.Conflict); code != "fault.exit.closed" {
		t.Error(code)
	}
	do(s, OpenExit, s.okafor, PileIn{op(), pile.ID})
	for i, who := range s.learners {
		kinds, _ := s.heard(LearnerTopic(string(who.Person)), revs[i])
		in := i < 3
		if now := show(s, Around, who, AroundIn{}).Now; now.Exit != in || slices.Contains(kinds, "exit") != in {
			t.Errorf("learner %d: told %v, exit %v", i, kinds, now.Exit)
		}
	}
	page := show(s, Exit, s.learners[0], ExitIn{pile.ID})
	if page.Of != 2 || len(page.Asked) != 2 || page.Skill != "Skill B" || len(page.Asked[0].Ladder) != 0 {
		t.Errorf("%+v", page)
	}
	unseen(s, Exit, s.learners[3], ExitIn{pile.ID}, fault.NotFound)
	unseen(s, Exit, s.okafor, ExitIn{pile.ID}, fault.Forbidden)
	refused(s, OpenExit, s.lin, PileIn{op(), pile.ID}, fault.NotFound)
	refused(s, OpenExit, s.learners[0], PileIn{op(), pile.ID}, fault.Forbidden)
	if code := refused(s, OpenExit, s.okafor, PileIn{op(), s.pileOf(s.learners[3]).ID}, fault.Conflict); code != "fault.exit.none" {
		t.Error(code)
	}
}

func TestOpenExit_BeforeTheLessonAndAfterItIsAConflict(t *testing.T) {
	s := newLesson(t)
	pile := s.pileOf(s.learners[0]).ID
	do(s, EndDay, s.okafor, StartDayIn{op(), s.class})
	if code := refused(s, OpenExit, s.okafor, PileIn{op(), pile}, fault.Conflict); code != "fault.exit.over" {
		t.Error(code)
	}
}

func TestExit_OneTryMovesTheSkillAndThenOn(t *testing.T) {
	s := newLesson(t)
	who, pile := s.learners[0], s.pileOf(s.learners[0]).ID
	do(s, OpenExit, s.okafor, PileIn{op(), pile})
	first := s.exitAnswer(who, pile, false)
	out := do(s, RecordAttempt, who, first)
	if out.Outcome != item.NotYet || !out.TriesEnd {
		t.Errorf("%+v", out)
	}
	again := first
	again.Op, again.Try = op(), 2
	if code := refused(s, RecordAttempt, who, again, fault.Conflict); code != "fault.attempt.answered" {
		t.Error(code)
	}
	again.Try, again.DrawN = 1, first.DrawN+1
	refused(s, RecordAttempt, who, again, fault.Conflict)
	before := show(s, Now, s.okafor, ClassIn{s.class}).Learners[0].Cells[1]
	second := s.exitAnswer(who, pile, true)
	if second.Item == first.Item {
		t.Fatal("the same item was asked twice")
	}
	do(s, RecordAttempt, who, second)
	n := show(s, Now, s.okafor, ClassIn{s.class})
	if got := n.Piles[0].Members[0].Exit; !slices.Equal(got, []item.Outcome{item.NotYet, item.Right}) {
		t.Errorf("the teacher sees %v", got)
	}
	if after := n.Learners[0].Cells[1]; after.Shade < before.Shade {
		t.Errorf("a right answer moved the shade from %d to %d", before.Shade, after.Shade)
	}
	if p := show(s, Exit, who, ExitIn{pile}); len(p.Asked) != 0 || p.Done != 2 {
		t.Errorf("done: %+v", p)
	}
	if show(s, Around, who, AroundIn{}).Now.Exit {
		t.Error("the frame still asks for the exit check")
	}
}

func TestExit_TakesOnlyThatPilesMembersAndItems(t *testing.T) {
	s := newLesson(t)
	pile := s.pileOf(s.learners[0])
	closed := RecordAttemptIn{Op: op(), Learner: s.learners[0].Person, Item: pile.As.Exit[0], Version: 1, DrawN: 1, Try: 1, Response: item.Response{Boxes: []string{"8"}}, Purpose: evidence.ForExit, Context: pile.ID}
	if code := refused(s, RecordAttempt, s.learners[0], closed, fault.Conflict); code != "fault.exit.closed" {
		t.Error(code)
	}
	do(s, OpenExit, s.okafor, PileIn{op(), pile.ID})
	other := closed
	other.Op, other.Learner = op(), s.learners[3].Person
	refused(s, RecordAttempt, s.learners[3], other, fault.NotFound)
	wrong := closed
	wrong.Op, wrong.Item = op(), s.item("c-1")
	refused(s, RecordAttempt, s.learners[0], wrong, fault.NotFound)
	hinted := s.exitAnswer(s.learners[0], pile.ID, true)
	hinted.Hints = 1
	refused(s, RecordAttempt, s.learners[0], hinted, fault.Conflict)
	do(s, EndDay, s.okafor, StartDayIn{op(), s.class})
	do(s, RecordAttempt, s.learners[1], s.exitAnswer(s.learners[1], pile.ID, true)) // opened in the lesson, sent after it
}

func TestLive_AClassHearsItsLessonOnceAndInOrder(t *testing.T) {
	s := newSchool(t, 2)
	who := s.learners[0]
	_, rev := s.heard(ClassTopic(string(s.class)), 0)
	do(s, StartDay, s.okafor, StartDayIn{op(), s.class})
	raise := RaiseHandIn{Op: op(), Line: "Help"}
	hand := do(s, RaiseHand, who, raise).Hand
	do(s, RaiseHand, who, raise) // the same op again: nothing happens twice
	do(s, ClaimHelp, s.okafor, HelpIn{op(), hand})
	do(s, ResolveHelp, s.okafor, HelpIn{op(), hand})
	do(s, EndDay, s.okafor, StartDayIn{op(), s.class})
	kinds, _ := s.heard(ClassTopic(string(s.class)), rev)
	if want := []string{"day", "hand", "hand", "hand", "day"}; !slices.Equal(kinds, want) {
		t.Errorf("heard %v, want %v", kinds, want)
	}
	if kinds, _ := s.heard(LearnerTopic(string(s.learners[1].Person)), 0); !slices.Equal(kinds, []string{"day", "day"}) {
		t.Errorf("a classmate heard %v", kinds)
	}
}
