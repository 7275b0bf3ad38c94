-- A label is a category, where the row says so of its own project, and a suggestion that was shown exists.
-- Here and not in prisma/schema: nothing reads along these relations.

ALTER TABLE "Category" ADD CONSTRAINT "Category_of_project" UNIQUE (id, "projectId");

ALTER TABLE "Review"
  ADD CONSTRAINT "Review_label" FOREIGN KEY ("labelId", "projectId") REFERENCES "Category" (id, "projectId"),
  ADD CONSTRAINT "Review_second_label" FOREIGN KEY ("secondLabelId", "projectId") REFERENCES "Category" (id, "projectId"),
  ADD CONSTRAINT "Review_suggestion" FOREIGN KEY ("suggestionId") REFERENCES "Suggestion" (id),
  ADD CONSTRAINT "Review_reviewer" FOREIGN KEY ("reviewerId") REFERENCES "User" (id);

ALTER TABLE "FinalLabel"
  ADD CONSTRAINT "FinalLabel_label" FOREIGN KEY ("labelId", "projectId") REFERENCES "Category" (id, "projectId"),
  ADD CONSTRAINT "FinalLabel_second_label" FOREIGN KEY ("secondLabelId", "projectId") REFERENCES "Category" (id, "projectId");

ALTER TABLE "PendingLabel"
  ADD CONSTRAINT "PendingLabel_label" FOREIGN KEY ("categoryId", "projectId") REFERENCES "Category" (id, "projectId"),
  ADD CONSTRAINT "PendingLabel_second_label" FOREIGN KEY ("secondCategoryId", "projectId") REFERENCES "Category" (id, "projectId");

ALTER TABLE "Assignment"
  ADD CONSTRAINT "Assignment_suggestion" FOREIGN KEY ("suggestionId") REFERENCES "Suggestion" (id);

ALTER TABLE "Suggestion"
  ADD CONSTRAINT "Suggestion_label" FOREIGN KEY ("labelId") REFERENCES "Category" (id);

ALTER TABLE "VersionCategory"
  ADD CONSTRAINT "VersionCategory_category" FOREIGN KEY ("categoryId") REFERENCES "Category" (id);

ALTER TABLE "Example"
  ADD CONSTRAINT "Example_label" FOREIGN KEY ("labelId") REFERENCES "Category" (id),
  ADD CONSTRAINT "Example_wrong_label" FOREIGN KEY ("wrongLabelId") REFERENCES "Category" (id);
