package sample

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"kith/internal/access"
	"kith/internal/roster"
)

// id is the nth id of a kind: UUIDv7 text with the school's first instant as its time, the same for the same seed.
func (m *maker) id(kind string, n int) string {
	return made(m.began.UnixMilli(), fmt.Sprintf("%d/%s/%d", m.seed, kind, n))
}

// op is the id of an act.
func (m *maker) op(act string, n int) string { return m.id("op/"+act, n) }

// lastOp is the id of the act that ends the making of a school.
func lastOp(school roster.SchoolID) string { return made(0, string(school)+"/whole") }

func made(ms int64, name string) string {
	sum := sha256.Sum256([]byte(name))
	h, t := hex.EncodeToString(sum[:]), fmt.Sprintf("%012x", ms)
	return t[:8] + "-" + t[8:] + "-7" + h[:3] + "-" + string("89ab"[h[3]&3]) + h[4:7] + "-" + h[7:19]
}

func (m *maker) system() access.Actor { return access.Actor{School: m.s.ID, System: true} }
