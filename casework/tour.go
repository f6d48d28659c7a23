package casework

import (
	"context"

	"bonafide/record"
	"bonafide/store"
)

func tourName(who record.Actor) string { return "tour/" + who.ID }

// TourOver says whether somebody has put the tour of the desk away, which holds
// wherever they sign in.
func (d *Desk) TourOver(ctx context.Context, who record.Actor) (over bool, err error) {
	err = d.Store.View(ctx, who, func(t *store.Tx) error {
		s, err := t.Setting(tourName(who))
		if err != nil && record.CodeOf(err) == record.CodeNotFound {
			return nil
		}
		over = string(s.Value) == "over"
		return err
	})
	return over, err
}

// PutTour puts the tour away for good, or takes it out again.
func (d *Desk) PutTour(ctx context.Context, who record.Actor, over bool) error {
	return d.Store.Update(ctx, who, func(t *store.Tx) error {
		s, err := t.Setting(tourName(who))
		if err != nil && record.CodeOf(err) != record.CodeNotFound {
			return err
		}
		word := "open"
		if over {
			word = "over"
		}
		if string(s.Value) == word {
			return nil
		}
		t.Did("tour."+word, "user/"+who.ID, "")
		_, err = t.SaveSetting(tourName(who), s.Version, []byte(word))
		return err
	})
}
