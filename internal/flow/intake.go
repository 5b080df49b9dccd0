package flow

import (
	"errors"
)

var errDryRun = errors.New("dry run")
