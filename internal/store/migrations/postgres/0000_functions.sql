-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION json_each(t TEXT) RETURNS TABLE (value TEXT) LANGUAGE SQL IMMUTABLE AS $$
  SELECT json_array_elements_text(t::json)
$$;
-- +goose StatementEnd

-- +goose Down
DROP FUNCTION json_each(TEXT);
