package intake

import (
	"kith/internal/fault"
	"kith/internal/phrase"
	"kith/internal/skill"
	"kith/internal/store/db"
)

// skillsNoted reports each skill with the number of items that mainly ask it.
func (im *importer) skillsNoted(there map[skill.ID]bool) {
	items := map[skill.ID]int{}
	for _, it := range im.b.Items {
		items[it.Skills[0]]++ // item.Check has seen that there is one
	}
	for _, s := range im.b.Course.Skills {
		outcome := Taken
		if there[s.ID] {
			outcome = Unchanged
		}
		im.note("skill", forPeople(string(s.ID), s.Title), im.interrupted(im.known["skill:"+string(s.ID)].ID, outcome), phrase.Of("import.skill_items", "n", items[s.ID]))
	}
}

func (im *importer) skills(codes []skill.ID) ([]skill.ID, error) {
	out := make([]skill.ID, len(codes))
	for i, c := range codes {
		id, err := im.named("skill", string(c))
		if err != nil {
			return nil, err
		}
		out[i] = skill.ID(id)
	}
	return out, nil
}

// named is id for a thing that must have been seen already.
func (im *importer) named(kind, code string) (string, error) {
	if code == "" {
		return "", nil
	}
	if _, ok := im.known[kind+":"+code]; !ok {
		if own, err := im.own(kind, code); err != nil || own {
			return code, err
		}
		return "", fault.Invalidf(kind, "%q is named but stands nowhere in the source", code)
	}
	return im.id(kind, code)
}

// link makes a thing's skills those of its current version.
func (im *importer) link(kind, id string, skills []skill.ID) error {
	if im.dry {
		return nil
	}
	if err := im.tx.UnlinkSkills(im.ctx, db.UnlinkSkillsParams{SchoolID: im.school, ContentID: id}); err != nil {
		return err
	}
	for i, s := range skills {
		if err := im.tx.LinkSkill(im.ctx, db.LinkSkillParams{SchoolID: im.school, SkillID: string(s), ContentID: id, Kind: kind, Main: i == 0}); err != nil {
			return err
		}
	}
	return nil
}
