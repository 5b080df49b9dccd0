package flow

import (
	"sync"
	"time"
	_ "time/tzdata" // zones of schools, on machines that have none

	"kith/internal/fault"
)

// DayForm is how a day is written everywhere: YYYY-MM-DD in the school's zone; timeForm a wall time.
const (
	DayForm  = "2006-01-02"
	TimeForm = "15:04"
)

var zones sync.Map // IANA name -> *time.Location: reading one from tzdata takes longer than a query

// Zone is the school's time zone. Errors: Internal when the school's row names a zone that is none.
func (l *Look) Zone() (*time.Location, error) {
	school, err := l.q.School(l.ctx, l.School())
	if err != nil {
		return nil, err
	}
	if z, ok := zones.Load(school.Zone); ok {
		return z.(*time.Location), nil
	}
	z, err := time.LoadLocation(school.Zone)
	if err != nil {
		return nil, fault.Wrap(fault.Internal, err, "fault.internal")
	}
	zones.Store(school.Zone, z)
	return z, nil
}

// Today is the school's day at the instant of this look.
func (l *Look) Today() (string, error) {
	z, err := l.Zone()
	if err != nil {
		return "", err
	}
	return time.UnixMilli(l.now).In(z).Format(DayForm), nil
}

// Midnight is when the school's day began, ms UTC: what depends on today (a status that fades) is shown as it stands then,
// so that pages that are read at different hours agree.
func (l *Look) Midnight() (int64, error) {
	on, err := l.Today()
	if err != nil {
		return 0, err
	}
	return l.Instant(on, "00:00")
}

// Instant is a wall time of a day in the school's zone as ms UTC. A wall time that the clocks skip is taken as the instant
// that much later, as time.Date does. Errors: Invalid naming the field.
func (l *Look) Instant(on, at string) (int64, error) {
	z, err := l.Zone()
	if err != nil {
		return 0, err
	}
	t, err := time.ParseInLocation(DayForm+" "+TimeForm, on+" "+at, z)
	if err != nil {
		return 0, fault.Invalidf("before", "%q %q is not a day and a time", on, at)
	}
	return t.UnixMilli(), nil
}

// DaysBefore is the day n days before another. Both are YYYY-MM-DD; a day that is none gives "".
func DaysBefore(on string, n int) string {
	t, err := time.Parse(DayForm, on)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, -n).Format(DayForm)
}
