"""What attachments, pictures and archives hold, part by part: text to judge, and what is amiss."""
