package door_test

import (
	"context"
	"testing"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/flow/door"
	"kith/internal/roster"
	"kith/internal/store"
)

func TestFirstStart_GivesOneLinkUntilSomebodyUsesIt(t *testing.T) {
	st, err := store.Open(t.Context(), store.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	f := flow.New(st)
	ctx := context.Background()
	old, ok, err := door.FirstStart(ctx, f)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	token, ok, err := door.FirstStart(ctx, f)
	if err != nil || !ok || token == old {
		t.Fatal(ok, err)
	}
	in := door.FirstAdminIn{School: "Harbour", Zone: "Europe/London", Locale: "en", Given: "Ada", Family: "Lindgren", Login: " Ada@Example.org ", Hash: "x"}
	if _, err := door.MakeFirstAdmin(ctx, f, "here", old, in); !fault.Is(err, fault.NotFound) {
		t.Errorf("the link of an earlier start: %v", err)
	}
	bad := in
	bad.Zone = "Mars/Olympus"
	if _, err := door.MakeFirstAdmin(ctx, f, "here", token, bad); fault.Said(err).Code != "fault.school.zone" {
		t.Errorf("a zone that is none: %v", err)
	}
	who, err := door.MakeFirstAdmin(ctx, f, "here", token, in)
	if err != nil || who.Actor.Role != roster.Admin || who.Zone != "Europe/London" || who.School != "Harbour" {
		t.Fatalf("got %+v, %v", who, err)
	}
	if _, err := door.MakeFirstAdmin(ctx, f, "here", token, in); !fault.Is(err, fault.NotFound) {
		t.Errorf("used twice: %v", err)
	}
	if _, ok, err := door.FirstStart(ctx, f); ok || err != nil {
		t.Errorf("a link though there is an administrator: %v, %v", ok, err)
	}
	schools, err := door.Schools(ctx, f)
	if err != nil || len(schools) != 1 || schools[0].Name != "Harbour" {
		t.Errorf("got %+v, %v", schools, err)
	}
}
