package auth_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"kith/internal/auth"
	"kith/internal/fault"
)

const op = "01980000-0000-7000-8000-0000000000aa"

func TestPool_KnowsItsOwnHashAndNoOther(t *testing.T) {
	p := auth.NewPool(1, 0)
	ctx := context.Background()
	hash, err := p.Hash(ctx, op, "a long enough secret")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("the hash is %s", hash)
	}
	for _, c := range []struct {
		hash, secret string
		want         bool
	}{
		{hash, "a long enough secret", true},
		{hash, "a long enough secret ", false},
		{hash, "", false},
		{"", "a long enough secret", false},
		{"", "", false},
	} {
		got, err := p.Check(ctx, c.hash, c.secret)
		if err != nil || got != c.want {
			t.Errorf("%q against %q: got %v, %v", c.secret, c.hash, got, err)
		}
	}
}

func TestPool_SameActSameHashOtherActOtherHash(t *testing.T) {
	p := auth.NewPool(1, 0)
	ctx := context.Background()
	one, _ := p.Hash(ctx, op, "x")
	again, _ := p.Hash(ctx, op, "x")
	other, _ := p.Hash(ctx, strings.Replace(op, "aa", "ab", 1), "x")
	if one != again || one == other || one == "" {
		t.Errorf("got %q, %q, %q", one, again, other)
	}
}

func TestPool_SamePasswordOnEveryKeyboard(t *testing.T) {
	p := auth.NewPool(1, 0)
	hash, _ := p.Hash(context.Background(), op, "caf\u00e9 au lait")
	if ok, err := p.Check(context.Background(), hash, "cafe\u0301 au lait"); !ok || err != nil {
		t.Errorf("the decomposed form is not the same password: %v, %v", ok, err)
	}
}

func TestPool_RefusesHashesThatAreNone(t *testing.T) {
	p := auth.NewPool(1, 0)
	for _, hash := range []string{"x", "$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=99999999,t=2,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=2,p=1$!$!"} {
		if ok, err := p.Check(context.Background(), hash, "x"); ok || !fault.Is(err, fault.Internal) {
			t.Errorf("%s: got %v, %v", hash, ok, err)
		}
	}
}

func TestPool_SaysSoWhenTheQueueIsTooLong(t *testing.T) {
	p := auth.NewPool(1, 2)
	var wg sync.WaitGroup
	var mu sync.Mutex
	full, done := 0, 0
	for range 12 {
		wg.Go(func() {
			_, err := p.Hash(context.Background(), op, "x")
			mu.Lock()
			defer mu.Unlock()
			if fault.Is(err, fault.Unavailable) {
				full++
			} else if err == nil {
				done++
			}
		})
	}
	wg.Wait()
	if done < 1 || done+full != 12 {
		t.Errorf("%d hashed, %d were asked to come again, of 12", done, full)
	}
	if _, err := p.Hash(context.Background(), op, "x"); err != nil {
		t.Errorf("after the rush: %v", err)
	}
}

func TestPool_LeavesTheQueueWhenNobodyWaitsAnyMore(t *testing.T) {
	p := auth.NewPool(1, 50)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	gone := 0
	for range 20 { // a free slot and an ended context are both ready: either may win
		if _, err := p.Hash(ctx, op, "x"); errors.Is(err, context.Canceled) {
			gone++
		}
	}
	if gone == 0 {
		t.Error("an ended request was hashed each time")
	}
}

func TestReadPIN(t *testing.T) {
	for text, secret := range map[string]string{"3.0.11": "pictures:tree,sun,leaf", "11.0.3": "pictures:leaf,sun,tree", "5": "pictures:house", "": "pictures:"} {
		p, err := auth.ReadPIN(text)
		if err != nil || p.Secret() != secret || p.String() != text {
			t.Errorf("%q: got %v %q %q", text, err, p.Secret(), p.String())
		}
	}
	for _, text := range []string{"12", "-1", "1.1.2", "1.2.3.4", "a", "1.", "."} {
		if _, err := auth.ReadPIN(text); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q was taken", text)
		}
	}
}

func TestPictures_EachHasADrawing(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range auth.Pictures {
		d := auth.Drawing(name)
		if !strings.HasPrefix(d, "<svg ") || seen[d] || strings.Contains(d, "style=") {
			t.Errorf("%s: %s", name, d)
		}
		seen[d] = true
	}
	if len(seen) != 12 {
		t.Errorf("%d pictures", len(seen))
	}
}

func TestTakePassword(t *testing.T) {
	for _, c := range []struct {
		password, login string
		want            bool
	}{
		{"correct horse", "okafor", true}, {"ένας μακρύς", "okafor", true},
		{"short", "", false}, {"aaaaaaaaaaaaaaaa", "", false}, {"my Okafor 1234", "okafor", false}, {strings.Repeat("abcdefgh", 26), "", false},
	} {
		if err := auth.TakePassword(c.password, c.login); (err == nil) != c.want {
			t.Errorf("%q: %v", c.password, err)
		}
	}
}
