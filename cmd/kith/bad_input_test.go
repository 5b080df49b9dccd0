package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"kith/internal/store"
	"kith/internal/store/db"
)

const attemptPath = "/api/v1/record-attempt"

func TestBadInput_AMalformedAnswerIsRefusedInWordsAndChangesNothing(t *testing.T) {
	onBothEngines(t, aMalformedAnswerIsRefusedInWordsAndChangesNothing)
}

func aMalformedAnswerIsRefusedInWordsAndChangesNothing(t *testing.T, s *served) {
	before := s.counts(t)
	good, err := json.Marshal(s.answer(1))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		body    string
		status  int
		headers []string
	}{
		"nothing":              {"", 400, nil},
		"cut":                  {string(good[:len(good)/2]), 400, nil},
		"no JSON":              {"op=1&learner=2", 400, nil},
		"two documents":        {string(good) + string(good), 400, nil},
		"a list":               {"[" + string(good) + "]", 422, nil},
		"a word":               {`"answer"`, 422, nil},
		"null":                 {"null", 422, nil},
		"very deep":            {strings.Repeat("[", 200_000), 400, nil},
		"compressed":           {"\x1f\x8b\x08\x00\x00\x00\x00\x00", 400, []string{"Content-Encoding", "gzip"}},
		"of another type":      {string(good), 415, []string{"Content-Type", "text/plain"}},
		"as a form":            {"op=1", 415, []string{"Content-Type", "application/x-www-form-urlencoded"}},
		"as XML":               {"<a/>", 415, []string{"Content-Type", "application/xml"}},
		"from another site":    {string(good), 403, []string{"Origin", "https://elsewhere.example", "Sec-Fetch-Site", "cross-site"}},
		"from a sister site":   {string(good), 403, []string{"Sec-Fetch-Site", "same-site"}},
		"from an older engine": {string(good), 403, []string{"Origin", "null"}},
	} {
		t.Run(name, func(t *testing.T) {
			s.refuses(t, s.send(lena, http.MethodPost, attemptPath, strings.NewReader(c.body), c.headers...), c.status, before)
		})
	}
}

func TestBadInput_AFieldOutOfRangeIsRefusedInWordsAndChangesNothing(t *testing.T) {
	onBothEngines(t, aFieldOutOfRangeIsRefusedInWordsAndChangesNothing)
}

func aFieldOutOfRangeIsRefusedInWordsAndChangesNothing(t *testing.T, s *served) {
	before := s.counts(t)
	for name, c := range map[string]struct {
		pairs  []any
		status int
	}{
		"op missing":            {[]any{"op", nil}, 422},
		"op no id":              {[]any{"op", strings.Repeat("x", 36)}, 422},
		"op a number":           {[]any{"op", 7}, 422},
		"item missing":          {[]any{"item", nil}, 422},
		"item unknown":          {[]any{"item", newUUID()}, 404},
		"item of 1 MB":          {[]any{"item", strings.Repeat("a", 900_000)}, 422},
		"version 0":             {[]any{"version", 0}, 422},
		"version unknown":       {[]any{"version", 99}, 404},
		"draw a word":           {[]any{"draw_n", "one"}, 422},
		"draw a part":           {[]any{"draw_n", 1.5}, 422},
		"draw beyond all":       {[]any{"draw_n", 1e18}, 422},
		"draw out of turn":      {[]any{"draw_n", 7}, 409},
		"try 4":                 {[]any{"try", 4}, 422},
		"try out of turn":       {[]any{"try", 2}, 409},
		"hints -1":              {[]any{"hints", -1}, 422},
		"purpose of our own":    {[]any{"purpose", "cheating"}, 422},
		"took a week":           {[]any{"took_ms", 7 * 86_400_000}, 422},
		"happened before 1970":  {[]any{"happened_ms", -1}, 422},
		"a field nobody knows":  {[]any{"admin", true}, 422},
		"response no object":    {[]any{"response", "7"}, 422},
		"response two boxes":    {[]any{"response", map[string]any{"boxes": []string{"1", "2"}}}, 422},
		"response chosen":       {[]any{"response", map[string]any{"chosen": []int{0}}}, 422},
		"response with NUL":     {[]any{"response", map[string]any{"boxes": []string{"1\x00"}}}, 422},
		"response of 10^4 rows": {[]any{"response", map[string]any{"boxes": make([]string, 10_000)}}, 422},
		"of a classmate":        {[]any{"learner", string(s.person[classmate])}, 403},
		"of another class":      {[]any{"learner", string(s.person[otherLearner])}, 404},
		"of another school":     {[]any{"learner", string(s.person[foreignLearner])}, 404},
		"of nobody":             {[]any{"learner", newUUID()}, 404},
	} {
		t.Run(name, func(t *testing.T) {
			s.refuses(t, s.post(lena, attemptPath, with(s.answer(1), c.pairs...)), c.status, before)
		})
	}
	unread := s.post(lena, attemptPath, with(s.answer(1), "response", map[string]any{"boxes": []string{strings.Repeat("9", 10_000)}}))
	if !strings.Contains(unread.body, `"unread"`) || s.counts(t)["attempt"] != before["attempt"] {
		t.Errorf("10,000 digits in a box are %d %s", unread.status, unread.body)
	}
	if got := s.post(lena, attemptPath, s.answer(1)); got.status != http.StatusOK {
		t.Errorf("and then the right answer: %d %s", got.status, got.body)
	}
}

// slowZeros is a large body that counts what was asked of it.
type slowZeros struct{ left, read int64 }

func (z *slowZeros) Read(b []byte) (int, error) {
	if z.left == 0 {
		return 0, io.EOF
	}
	n := min(int64(len(b)), z.left)
	z.left -= n
	z.read += n
	return int(n), nil
}

func TestBadInput_AGigabyteIsRefusedEarly(t *testing.T) {
	s := serveWorld(t)
	before := s.counts(t)
	for name, c := range map[string]struct {
		path, kind string
		length     int64
		status     int
	}{
		"JSON that says its length":    {attemptPath, "application/json", 1 << 30, 413},
		"JSON that does not":           {attemptPath, "application/json", -1, 413},
		"a form that says its length":  {"/signin/class", "application/x-www-form-urlencoded", 1 << 30, 413},
		"a form that does not":         {"/signin/class", "application/x-www-form-urlencoded", -1, 413},
		"an upload of no known type":   {"/api/v1/upload?op=" + newUUID() + "&name=x.bin", "application/octet-stream", -1, 422},
		"an upload that says too much": {"/api/v1/upload?op=" + newUUID() + "&name=x.mp4", "video/mp4", 1 << 30, 422},
	} {
		t.Run(name, func(t *testing.T) {
			var was, is runtime.MemStats
			runtime.ReadMemStats(&was)
			body := &slowZeros{left: 1 << 30}
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.base+c.path, body)
			if err != nil {
				t.Fatal(err)
			}
			r.ContentLength = c.length
			r.Header.Set("Content-Type", c.kind)
			r.AddCookie(&http.Cookie{Name: "kith", Value: s.token[teacher]})
			status := 0
			if res, err := http.DefaultTransport.RoundTrip(r); err == nil {
				status = res.StatusCode
				res.Body.Close()
			}
			runtime.ReadMemStats(&is)
			if status != c.status && status != 0 { // 0: the connection was cut before the client had read the refusal
				t.Errorf("got %d, want %d", status, c.status)
			}
			if body.read > 32<<20 {
				t.Errorf("%d MB were taken before it was refused", body.read>>20)
			}
			if grew := is.TotalAlloc - was.TotalAlloc; grew > 32<<20 {
				t.Errorf("%d MB of memory were used to refuse it", grew>>20)
			}
			s.unchanged(t, before)
		})
	}
	// What the refusal says, from a client that reads before it has sent all.
	s.refuses(t, s.speak(t, "POST "+attemptPath+" HTTP/1.1\r\nHost: kith\r\nContent-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n{"), 413, before)
}

// speak sends bytes as they are and reads one answer.
func (s *served) speak(t *testing.T, text string) reply {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(s.base, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatalf("%q: %v", text[:min(60, len(text))], err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	out := reply{status: res.StatusCode, header: res.Header, body: string(body)}
	s.problem(&out)
	return out
}

func TestBadInput_AnAddressThatIsNobodysSaysSo(t *testing.T) {
	onBothEngines(t, anAddressThatIsNobodysSaysSo)
}

func anAddressThatIsNobodysSaysSo(t *testing.T, s *served) {
	before := s.counts(t)
	s.refuses(t, s.send(lena, http.MethodGet, "/no/such/page", nil), 404, before)
	s.refuses(t, s.send(lena, http.MethodGet, "/api/v1/page/practice/"+newUUID(), nil), 404, before)
	s.refuses(t, s.send(lena, http.MethodGet, "/api/v1/page/practice/%00", nil), 404, before)
	s.refuses(t, s.send(lena, http.MethodGet, "/api/v1/page/practice/%ff%c0%80", nil), 404, before)
	got := s.send(lena, http.MethodDelete, attemptPath, nil)
	s.refuses(t, got, 405, before)
	if got.header.Get("Allow") != http.MethodPost {
		t.Errorf("Allow is %q", got.header.Get("Allow"))
	}
	page := s.send(lena, http.MethodGet, "/no/such/page", nil, "Accept", "text/html")
	if page.status != 404 || !strings.Contains(page.body, "There is nothing here that you can open.") || !strings.Contains(page.header.Get("Content-Type"), "text/html") {
		t.Errorf("a browser is told %d %s", page.status, page.body)
	}
	for _, path := range []string{"/assets/../web.go", "/assets/..%2fweb.go", "/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/assets/..%5c..%5cweb.go", "/assets/manifest.json%00.js",
		"/assets//etc/passwd", "/file/..%2f..%2fkith.db", "/file/%2e%2e", "/file/" + strings.Repeat("a", 20_000), "/../../etc/passwd", "/..%2f..%2fetc/passwd"} {
		got := s.speak(t, "GET "+path+" HTTP/1.1\r\nHost: kith\r\nCookie: kith="+s.token[teacher]+"\r\nConnection: close\r\n\r\n")
		if got.status != 404 && got.status != 307 && got.status != 301 || strings.Contains(got.body, "root:") || strings.Contains(got.body, "package web") {
			t.Errorf("GET %.60s: %d %.200s", path, got.status, got.body)
		}
	}
	s.unchanged(t, before)
}

func TestBadInput_SigningInLeadsNowhereElse(t *testing.T) {
	s := serveWorld(t)
	for _, next := range []string{"//evil.example", "///evil.example", `/\evil.example`, "https://evil.example", "/\t/evil.example", "javascript:alert(1)", "/signin//evil.example", "http:/evil.example", "%2f%2fevil.example", "/%2fevil.example", "\x00//evil"} {
		form := url.Values{"language": {"en"}, "next": {next}}
		got := s.send(anonymous, http.MethodPost, "/language", strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded")
		to, err := url.Parse(got.header.Get("Location"))
		if err != nil || got.status != http.StatusSeeOther || to.Host != "" || to.Scheme != "" || !strings.HasPrefix(got.header.Get("Location"), "/") || strings.HasPrefix(to.Path, "//") {
			t.Errorf("next=%q leads to %q (%d)", next, got.header.Get("Location"), got.status)
		}
	}
}

func TestBadInput_TwoTabsAnswerOnce(t *testing.T) {
	onBothEngines(t, twoTabsAnswerOnce)
}

func twoTabsAnswerOnce(t *testing.T, s *served) {
	had := s.counts(t)["attempt"]
	stored := func() int { return s.counts(t)["attempt"] - had }
	var mu sync.Mutex
	var all sync.WaitGroup
	seen := map[int]int{}
	for range 16 {
		body := s.answer(1)
		all.Go(func() {
			got := s.post(lena, attemptPath, body)
			mu.Lock()
			defer mu.Unlock()
			seen[got.status]++
			if got.status == http.StatusConflict && !strings.Contains(got.says, "answered this one already") {
				t.Errorf("the other tab reads %q", got.says)
			}
		})
	}
	all.Wait()
	if seen[200] != 1 || seen[409] != 15 || stored() != 1 {
		t.Errorf("answers %v, %d stored; want one taken and fifteen told", seen, stored())
	}

	one := s.answer(2) // the same act sent sixteen times is one act
	bodies := map[string]int{}
	for range 16 {
		all.Go(func() {
			got := s.post(lena, attemptPath, one)
			mu.Lock()
			defer mu.Unlock()
			bodies[fmt.Sprint(got.status, got.body)]++
		})
	}
	all.Wait()
	if len(bodies) != 1 || stored() != 2 {
		t.Errorf("one act was answered in %d ways, %d attempts stored", len(bodies), stored())
	}
	before := s.counts(t)
	s.refuses(t, s.post(lena, attemptPath, with(one, "took_ms", 901)), 409, before)
	s.refuses(t, s.post(lena, "/api/v1/raise-hand", map[string]any{"op": one["op"], "down": true}), 409, before)
}

func TestBadInput_AnAnswerToAWithdrawnItemIsRefusedKindly(t *testing.T) {
	onBothEngines(t, anAnswerToAWithdrawnItemIsRefusedKindly)
}

func anAnswerToAWithdrawnItemIsRefusedKindly(t *testing.T, s *served) {
	err := s.flow.Store().Write(t.Context(), "", func(ctx context.Context, tx *store.Tx) error {
		return rows(tx.SetContentStatus(ctx, db.SetContentStatusParams{SchoolID: string(s.school), ID: string(s.items[0].ID), Status: "withdrawn"}))
	})
	if err != nil {
		t.Fatal(err)
	}
	got := s.post(lena, attemptPath, s.answer(1))
	s.refuses(t, got, 409, s.counts(t))
	if !strings.Contains(got.says, "taken away by a teacher") {
		t.Errorf("the learner reads %q", got.says)
	}
}

func TestBadInput_AWrongClockNeverRefusesWork(t *testing.T) {
	onBothEngines(t, aWrongClockNeverRefusesWork)
}

func aWrongClockNeverRefusesWork(t *testing.T, s *served) {
	const day = 86_400_000
	for i, c := range []struct {
		name string
		off  int64
		kept bool
	}{{"three days fast", 3 * day, false}, {"three days slow, before the enrolment", -3 * day, false}, {"an hour slow", -3_600_000, true}, {"a century fast", 36_500 * day, false}} {
		claim := time.Now().UnixMilli() + c.off
		if got := s.post(lena, attemptPath, with(s.answer(i+1), "happened_ms", claim)); got.status != http.StatusOK {
			t.Fatalf("%s: %d %s", c.name, got.status, got.body)
		}
		last := s.text(t, "SELECT happened_ms || ' ' || received_ms FROM evidence WHERE learner_id = $1 ORDER BY seq DESC LIMIT 1", lenaID(s.world))
		var happened, received int64
		if _, err := fmt.Sscan(last, &happened, &received); err != nil {
			t.Fatal(err)
		}
		if c.kept && happened != claim || !c.kept && happened != received {
			t.Errorf("%s: claimed %d, kept %d, received %d", c.name, claim, happened, received)
		}
	}
}

func TestBadInput_StrangeTextIsShownSafelyOrRefused(t *testing.T) {
	onBothEngines(t, strangeTextIsShownSafelyOrRefused)
}

func strangeTextIsShownSafelyOrRefused(t *testing.T, s *served) {
	hand := func(line string) reply {
		return s.post(classmate, "/api/v1/raise-hand", map[string]any{"op": newUUID(), "line": line})
	}
	before := s.counts(t)
	s.refuses(t, hand(strings.Repeat("a", 10_000)), 422, before)
	s.refuses(t, hand("nul \x00 inside"), 422, before)
	s.refuses(t, hand("   \u00a0 "), 422, before)
	strange := "\u202e</script><img src=x onerror=alert(1)>\u2066 👩🏽‍🏫 é{{.}} ' \" & \u2028 \\u0000"
	if got := hand(strange); got.status != http.StatusOK {
		t.Fatalf("%d %s", got.status, got.body)
	}
	// What a page's document embeds is this JSON: no sign in it may begin a tag. hostile.mjs looks at the pages themselves.
	page := s.send(teacher, http.MethodGet, "/api/v1/page/class/"+class7B(s.world)+"/now", nil)
	if page.status != http.StatusOK || !strings.Contains(page.body, "onerror") || strings.ContainsAny(page.body, "<>&\u2028") {
		t.Errorf("the teacher's page is %d and holds the line unescaped, or not at all", page.status)
	}
	var view struct {
		View struct {
			Hands []struct {
				Line string `json:"line"`
			} `json:"hands"`
		} `json:"view"`
	}
	if err := json.Unmarshal([]byte(page.body), &view); err != nil || len(view.View.Hands) != 2 || view.View.Hands[1].Line != strings.Join(strings.Fields(strange), " ") {
		t.Errorf("the line came back as %+v (%v)", view, err)
	}
}

func TestBadInput_AStreamTakesNoNonsense(t *testing.T) {
	onBothEngines(t, aStreamTakesNoNonsense)
}

func aStreamTakesNoNonsense(t *testing.T, s *served) {
	before := s.counts(t)
	many := make([]string, 3000)
	for i := range many {
		many[i] = "learner:" + newUUID()
	}
	for name, c := range map[string]struct {
		path   string
		status int
	}{
		"no topic":         {"/api/v1/live", 422},
		"an unknown kind":  {"/api/v1/live?topics=school:" + string(s.school), 422},
		"many topics":      {"/api/v1/live?topics=" + strings.Join(many[:9], ","), 422},
		"thousands":        {"/api/v1/live?topics=" + strings.Join(many[:1000], ","), 422},
		"nobody's":         {"/api/v1/live?topics=learner:" + newUUID(), 404},
		"one's own and no": {"/api/v1/live?topics=learner:" + lenaID(s.world) + ",class:" + class7B(s.world), 403},
	} {
		t.Run(name, func(t *testing.T) { s.refuses(t, s.send(lena, http.MethodGet, c.path, nil), c.status, before) })
	}
	for _, last := range []string{"x", "learner:" + lenaID(s.world) + "@-5", "learner:" + lenaID(s.world) + "@99999999999999999999", "learner:" + lenaID(s.world) + "@999999", "@@@,,,@1", strings.Repeat("a@1,", 5000)} {
		ctx, stop := context.WithCancel(t.Context())
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+"/api/v1/live?topics=learner:"+lenaID(s.world)+"&after="+url.QueryEscape("x\nevent: change\ndata: {}\n\n@4"), nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Last-Event-ID", last)
		r.AddCookie(&http.Cookie{Name: "kith", Value: s.token[lena]})
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != http.StatusOK {
			t.Errorf("Last-Event-ID %.30q: %d", last, res.StatusCode)
			stop()
			continue
		}
		first := make(chan string, 1)
		go func() {
			lines := bufio.NewScanner(res.Body)
			for lines.Scan() {
				if strings.HasPrefix(lines.Text(), "id: ") {
					first <- lines.Text()
					return
				}
			}
			first <- "the stream ended"
		}()
		if got := s.post(lena, "/api/v1/raise-hand", map[string]any{"op": newUUID(), "down": true}); got.status != http.StatusOK {
			t.Fatal(got.body)
		}
		if got := s.post(lena, "/api/v1/raise-hand", map[string]any{"op": newUUID(), "line": "Why?"}); got.status != http.StatusOK {
			t.Fatal(got.body)
		}
		select {
		case id := <-first:
			if topic, _, _ := strings.Cut(id, "@"); topic != "id: learner:"+lenaID(s.world) || strings.Contains(id, ",") {
				t.Errorf("after Last-Event-ID %.30q the stream says %.80q", last, id)
			}
		case <-time.After(10 * time.Second):
			t.Errorf("after Last-Event-ID %.30q the stream says nothing", last)
		}
		stop()
		res.Body.Close()
	}
}

// A client that sends its header or its body a byte at a time is cut, and nobody waits for it.
func TestBadInput_ASlowClientIsCut(t *testing.T) {
	w := makeTemplate(t).open(t, nil)
	h := httpServer(w.handler)
	if h.ReadHeaderTimeout <= 0 || h.ReadHeaderTimeout > 30*time.Second || h.WriteTimeout <= 0 || h.IdleTimeout <= 0 || h.MaxHeaderBytes <= 0 || h.MaxHeaderBytes > 1<<20 {
		t.Fatalf("kith serve waits without end: %+v", h)
	}
	h.ReadHeaderTimeout = 150 * time.Millisecond
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = h.Serve(l) }()
	t.Cleanup(func() { h.Close() })
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, "GET /healthz HTTP/1.1\r\nHost: k\r\nX-"); err != nil {
		t.Fatal(err)
	}
	if err := c.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(c); err != nil {
		t.Errorf("the slow header is still waited for: %v", err)
	}
}
