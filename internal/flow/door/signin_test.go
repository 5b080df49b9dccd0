package door_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"kith/internal/access"
	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/flow/office"
	"kith/internal/flow/schooltest"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// plain keeps secrets as they are: hashing is package auth's, and not what these tests are about.
type plain struct{ asked int }

func (p *plain) Check(_ context.Context, hash, secret string) (bool, error) {
	p.asked++
	return hash != "" && hash == secret, nil
}

// doorSchool is the school with a class that has a real code, and one learner in it whose PIN is "sun".
type doorSchool struct {
	*schooltest.School
	code string
	seat door.Seat
	c    *plain
}

func newDoor(t *testing.T) *doorSchool {
	s := schooltest.New(t, 0)
	d := &doorSchool{School: s, c: &plain{}}
	class := schooltest.Do(s, office.CreateClass, s.Okafor, office.CreateClassIn{Op: flow.Op{Op: schooltest.NewOp()}, Name: "8A"}).Class
	d.code = class.Code
	out := schooltest.Do(s, office.AddLearners, s.Okafor, office.AddLearnersIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: class.ID, Names: "Amina Haddad\nBen Okri"})
	var err error
	if d.seat, err = door.SeatByCode(t.Context(), s.F, "here", d.code, out.Added[0].ID); err != nil || d.seat.HasPIN || d.seat.Given != "Amina" {
		t.Fatalf("got %+v, %v", d.seat, err)
	}
	if _, err = door.ChoosePIN(t.Context(), s.F, "here", d.seat, "sun"); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *doorSchool) pin(from, secret string) string {
	_, err := door.SignInByPIN(d.T.Context(), d.F, d.c, from, d.seat, secret)
	if err == nil {
		return "in"
	}
	return fault.Said(err).Code
}

func TestSignIn_FifthMissAtAPINPausesWithGrowingLength(t *testing.T) {
	d := newDoor(t)
	for range 4 {
		if got := d.pin("here", "moon"); got != "fault.signin.pin" {
			t.Fatal(got)
		}
	}
	if got := d.pin("here", "sun"); got != "in" {
		t.Fatalf("after four misses the right one: %s", got)
	}
	for range 5 {
		d.pin("here", "moon")
	}
	for i, pause := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 15 * time.Minute, 15 * time.Minute} {
		asked := d.c.asked
		if got := d.pin("elsewhere", "sun"); got != "fault.signin.pause" || d.c.asked != asked {
			t.Fatalf("pause %d: the right PIN gave %s, compared %v", i, got, d.c.asked != asked)
		}
		d.Now = d.Now.Add(pause - time.Second)
		if got := d.pin("here", "sun"); got != "fault.signin.pause" {
			t.Fatalf("pause %d: one second early: %s", i, got)
		}
		d.Now = d.Now.Add(time.Second)
		if got := d.pin("here", "moon"); got != "fault.signin.pin" {
			t.Fatalf("pause %d: after it: %s", i, got)
		}
	}
	d.Now = d.Now.Add(15 * time.Minute)
	if got := d.pin("here", "sun"); got != "in" {
		t.Errorf("the right PIN after the last pause: %s", got)
	}
}

func TestSignIn_MissesAreForgottenAfterHours(t *testing.T) {
	d := newDoor(t)
	for range 4 {
		d.pin("here", "moon")
	}
	d.Now = d.Now.Add(7 * time.Hour)
	for i := range 4 {
		if got := d.pin("here", "moon"); got != "fault.signin.pin" {
			t.Fatalf("miss %d of the next day: %s", i+1, got)
		}
	}
	if got := d.pin("here", "sun"); got != "in" {
		t.Error(got)
	}
}

func TestSignIn_TeacherEndsAPause(t *testing.T) {
	d := newDoor(t)
	for range 6 {
		d.pin("here", "moon")
	}
	schooltest.Do(d.School, office.ResetPIN, d.Okafor, office.PersonIn{Op: flow.Op{Op: schooltest.NewOp()}, Person: d.seat.Person})
	seat, err := door.SeatByCode(t.Context(), d.F, "here", d.code, d.seat.Person)
	if err != nil || seat.HasPIN {
		t.Fatalf("got %+v, %v", seat, err)
	}
	if _, err := door.ChoosePIN(t.Context(), d.F, "here", seat, "star"); err != nil {
		t.Fatal(err)
	}
	if _, err := door.ChoosePIN(t.Context(), d.F, "here", seat, "moon"); !fault.Is(err, fault.Conflict) {
		t.Errorf("chosen over: %v", err)
	}
	if got := d.pin("here", "star"); got != "in" {
		t.Error(got)
	}
}

// gate lets all comparisons begin before any ends.
type gate struct {
	mu    sync.Mutex
	asked int
	open  chan struct{}
}

func (g *gate) Check(context.Context, string, string) (bool, error) {
	g.mu.Lock()
	g.asked++
	g.mu.Unlock()
	<-g.open
	return false, nil
}

func TestSignIn_GuessesAtOnceAreAllCounted(t *testing.T) {
	d := newDoor(t)
	g := &gate{open: make(chan struct{})}
	var wg sync.WaitGroup
	paused := make(chan bool, 40)
	for range 40 {
		wg.Go(func() {
			_, err := door.SignInByPIN(context.Background(), d.F, g, "here", d.seat, "x")
			paused <- fault.Said(err).Code == "fault.signin.pause"
		})
	}
	for n := 0; n < 35; n++ { // those that are refused come back while the others wait at the gate
		if !<-paused {
			t.Error("a guess came through")
		}
	}
	close(g.open)
	wg.Wait()
	if g.asked != 5 {
		t.Errorf("%d of 40 guesses at once were compared, want 5", g.asked)
	}
}

func TestSignIn_ClassCodesLockForTheClientThatGuesses(t *testing.T) {
	d := newDoor(t)
	open := func(from, code string) string {
		if _, err := door.ClassDoor(t.Context(), d.F, from, code); err != nil {
			return fault.Said(err).Code
		}
		return "open"
	}
	for i := range 5 {
		if got := open("guesser", fmt.Sprintf("BBBB-000%d", i)); got != "fault.signin.code" {
			t.Fatal(got)
		}
	}
	if got := open("guesser", d.code); got != "fault.signin.pause" {
		t.Errorf("the sixth, which is right: %s", got)
	}
	if got := open("another", d.code); got != "open" {
		t.Errorf("another client: %s", got)
	}
	d.Now = d.Now.Add(31 * time.Second)
	if got := open("guesser", d.code); got != "open" {
		t.Errorf("after the pause: %s", got)
	}
}

func TestSignIn_AClassOnItsWayInIsNotLockedByItsTypos(t *testing.T) {
	d := newDoor(t)
	for i := range 30 { // every learner mistypes the code once, then signs in
		if _, err := door.ClassDoor(t.Context(), d.F, "school", "BBBB-0000"); fault.Said(err).Code != "fault.signin.code" {
			t.Fatalf("learner %d: %v", i, err)
		}
		if got := d.pin("school", "sun"); got != "in" {
			t.Fatalf("learner %d: %s", i, got)
		}
	}
}

func TestSignIn_PasswordSaysTheSameForEveryMissAndTakesTheSameSteps(t *testing.T) {
	d := newDoor(t)
	schooltest.Do(d.School, office.SetPassword, d.Okafor, office.SetPasswordIn{Op: flow.Op{Op: schooltest.NewOp()}, Login: "Okafor", Hash: "a long password"})
	in := func(login, password string) string {
		_, err := door.SignInByPassword(t.Context(), d.F, d.c, "from "+login, login, password)
		if err == nil {
			return "in"
		}
		return fault.Said(err).Code
	}
	if got := in(" OKAFOR ", "a long password"); got != "in" {
		t.Fatal(got)
	}
	for _, login := range []string{"okafor", "nobody"} {
		for i := range 5 {
			asked := d.c.asked
			if got := in(login, "x"); got != "fault.signin.password" || d.c.asked != asked+1 {
				t.Errorf("%s, miss %d: %s, compared %v", login, i+1, got, d.c.asked != asked)
			}
		}
		if got := in(login, "a long password"); got != "fault.signin.pause" {
			t.Errorf("%s, sixth: %s", login, got)
		}
	}
}

func TestSignIn_MissesHoldNoSecretAndNoLogin(t *testing.T) {
	d := newDoor(t)
	_, _ = door.SignInByPassword(t.Context(), d.F, d.c, "c1", "my password by mistake", "x")
	row, ok, err := bucketOf(d, "login:"+door.Disguised("my password by mistake"))
	if err != nil || !ok || row.Misses != 1 {
		t.Errorf("got %+v, %v, %v", row, ok, err)
	}
	if _, ok, _ := bucketOf(d, "login:my password by mistake"); ok {
		t.Error("what was typed stands in the table")
	}
}

func bucketOf(d *doorSchool, name string) (row db.MissesRow, ok bool, err error) {
	err = d.F.Store().Read(d.T.Context(), func(ctx context.Context, q *db.Queries) (err error) {
		row, ok, err = store.Optional(q.Misses(ctx, name))
		return err
	})
	return row, ok, err
}

func TestEveryWayIn_LooksAtThePersonsState(t *testing.T) {
	d := newDoor(t)
	token := "a-card"
	schooltest.Do(d.School, office.MakeCards, d.Okafor, office.MakeCardsIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: classOf(d), Token: func(p roster.PersonID) string { return token + string(p) }})
	card := token + string(d.seat.Person)
	link, err := door.MakeLink(t.Context(), d.F, d.ID, d.seat.Person, true, 0)
	if err != nil {
		t.Fatal(err)
	}
	schooltest.Do(d.School, office.SetPassword, d.Lin, office.SetPasswordIn{Op: flow.Op{Op: schooltest.NewOp()}, Login: "lin", Hash: "pw"})
	ways := map[string]func() error{
		"pictures": func() error { _, err := door.SignInByPIN(t.Context(), d.F, d.c, "here", d.seat, "sun"); return err },
		"card":     func() error { _, err := door.SeatByCard(t.Context(), d.F, "here", card); return err },
		"link":     func() error { _, err := door.SignInByLink(t.Context(), d.F, "here", link); return err },
		"password": func() error { _, err := door.SignInByPassword(t.Context(), d.F, d.c, "here", "lin", "pw"); return err },
	}
	for way, in := range ways {
		if err := in(); err != nil {
			t.Errorf("%s: %v", way, err)
		}
	}
	for _, who := range []roster.PersonID{d.seat.Person, d.Lin.Person} {
		schooltest.Do(d.School, office.SuspendPerson, d.Admin, office.PersonIn{Op: flow.Op{Op: schooltest.NewOp()}, Person: who})
	}
	for way, in := range ways {
		if err := in(); fault.Said(err).Code != "fault.suspended" {
			t.Errorf("%s of somebody suspended: %v", way, err)
		}
	}
	names, err := door.ClassDoor(t.Context(), d.F, "here", d.code)
	if err != nil || len(names) != 1 {
		t.Errorf("the door still shows %v, %v", names, err)
	}
}

func classOf(d *doorSchool) roster.ClassID {
	var id roster.ClassID
	d.Look(d.Okafor, func(l *flow.Look) error {
		c, err := l.Q().ClassByCode(l.Ctx(), d.code)
		id = roster.ClassID(c.ID)
		return err
	})
	return id
}

func TestMakeCards_EarlierCardsStopWorking(t *testing.T) {
	d := newDoor(t)
	class := classOf(d)
	make := func(word string) {
		schooltest.Do(d.School, office.MakeCards, d.Okafor, office.MakeCardsIn{Op: flow.Op{Op: schooltest.NewOp()}, Class: class, Token: func(p roster.PersonID) string { return word + string(p) }})
	}
	seat := func(word string) string {
		_, err := door.SeatByCard(t.Context(), d.F, "here", word+string(d.seat.Person))
		if err == nil {
			return "seat"
		}
		return fault.Said(err).Code
	}
	make("first")
	if got := seat("first"); got != "seat" {
		t.Fatal(got)
	}
	make("second")
	if a, b := seat("first"), seat("second"); a != "fault.signin.card" || b != "seat" {
		t.Errorf("the first card: %s; the second: %s", a, b)
	}
	for range 5 {
		seat("guess")
	}
	if got := seat("second"); got != "fault.signin.pause" {
		t.Errorf("after five guesses: %s", got)
	}
}

func TestSignInByLink_WorksOnceUnlessReusableAndRunsOut(t *testing.T) {
	d := newDoor(t)
	use := func(token string) string {
		_, err := door.SignInByLink(t.Context(), d.F, "here", token)
		if err == nil {
			return "in"
		}
		return fault.Said(err).Code
	}
	link := func(reusable bool, life int64) string {
		token, err := door.MakeLink(t.Context(), d.F, d.ID, d.Okafor.Person, reusable, life)
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	once, often, short := link(false, 0), link(true, 0), link(true, 60_000)
	for i, want := range []string{"in", "fault.signin.link"} {
		if got := use(once); got != want {
			t.Errorf("once, use %d: %s", i+1, got)
		}
	}
	for range 3 {
		if got := use(often); got != "in" {
			t.Errorf("often: %s", got)
		}
	}
	d.Now = d.Now.Add(61 * time.Second)
	if got := use(short); got != "fault.signin.link" {
		t.Errorf("run out: %s", got)
	}
	reset := door.NewToken()
	schooltest.Do(d.School, office.ResetPassword, d.Admin, office.ResetPasswordIn{Op: flow.Op{Op: schooltest.NewOp()}, Person: d.Okafor.Person, Link: door.HashToken(reset)})
	if got := use(often); got != "fault.signin.link" {
		t.Errorf("a link from before the reset: %s", got)
	}
	who, err := door.SignInByLink(t.Context(), d.F, "here", reset)
	if err != nil || !who.NeedsPassword || who.Actor != (access.Actor{School: d.ID, Person: d.Okafor.Person, Role: roster.Teacher}) {
		t.Errorf("the new link: %+v, %v", who, err)
	}
}
