package flow

import (
	"time"

	"kith/internal/fault"
)

// schoolZone is the zone that the school's days and times are in. Errors: Internal when the stored name is not one.
func (l *Look) schoolZone() (*time.Location, error) {
	row, err := l.q.School(l.ctx, l.school())
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(row.Zone)
	if err != nil {
		return nil, fault.Wrap(fault.Internal, err, "fault.internal")
	}
	return zone, nil
}

// schoolDay is the school's calendar day of this snapshot, YYYY-MM-DD.
func (l *Look) schoolDay() (string, error) {
	zone, err := l.schoolZone()
	if err != nil {
		return "", err
	}
	return time.UnixMilli(l.now).In(zone).Format(time.DateOnly), nil
}
