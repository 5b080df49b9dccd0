package web

// uploadPath is the one place that takes more than maxBody: a teacher's file, streamed to disk under its own limit.
const uploadPath = "/api/v1/upload"
