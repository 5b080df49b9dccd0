package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Misses at codes, cards and passwords are counted for each client. A device that has signed somebody in before has a
// cookie and a count of its own, so that one child who guesses in the computer room does not lock the others out, who all
// come from one address. Everybody else is counted by address, which is kept only as a keyed hash.

const deviceCookie = "kith-device"

// client names who asks, for counting misses.
func (s *Server) client(r *http.Request) string {
	if id, ok := s.device(r); ok {
		return s.sealed("counts device " + id)
	}
	return s.sealed("counts address " + neighbourhood(address(r)))
}

// device is the id in this device's cookie, when this process gave it.
func (s *Server) device(r *http.Request) (id string, ok bool) {
	c, err := r.Cookie(deviceCookie)
	if err != nil {
		return "", false
	}
	id, seal, _ := strings.Cut(c.Value, ".")
	return id, hmac.Equal([]byte(seal), []byte(s.sealed("device "+id)))
}

// knowDevice gives a device its cookie, once somebody has signed in on it.
func (s *Server) knowDevice(w http.ResponseWriter, r *http.Request) {
	if _, ok := s.device(r); ok {
		return
	}
	id := newOp()
	http.SetCookie(w, &http.Cookie{Name: deviceCookie, Value: id + "." + s.sealed("device "+id), Path: "/", MaxAge: 365 * 24 * 3600,
		HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode})
}

func (s *Server) sealed(text string) string {
	mac := hmac.New(sha256.New, s.key[:])
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil)[:12])
}

// address is the client's. Behind a proxy on this machine it is the last that the proxy wrote; from anywhere else the
// header could say anything and is not read.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.IsLoopback() {
		said := r.Header.Values("X-Forwarded-For")
		if len(said) > 0 {
			parts := strings.Split(said[len(said)-1], ",")
			return strings.TrimSpace(parts[len(parts)-1])
		}
	}
	return host
}

// neighbourhood is an IPv4 address, or the /64 of an IPv6 one, which one household can fill.
func neighbourhood(host string) string {
	ip, err := netip.ParseAddr(host)
	if err != nil || ip.Is4() || ip.Is4In6() {
		return host
	}
	p, err := ip.Prefix(64)
	if err != nil {
		return host
	}
	return p.String()
}
